"use strict";
(() => {
  const read = id => JSON.parse(document.getElementById(id).textContent);
  const data = read("report-data");
  if (data.charts.some(chart => chart.kind === "map")) {
    echarts.registerMap("world", read("world"));
  }
  document.documentElement.classList.add("js");
  pictures.keepDrawn(charts.begun(data.charts).draw);
})();
