import "./dashboard.js";

/** Places are added one by one from the list of those that are known. */
const places = document.getElementById("places");
const adding = document.querySelector(".adding");
const add = document.getElementById("add-place");
adding.hidden = false;
const known = new Set([...document.getElementById("place-choices").options].map(option => option.value));
const put = () => {
  const place = add.value.trim();
  if (place === "") return;
  places.value = places.value.trim() ? `${places.value.trim()}, ${place}` : place;
  add.value = "";
};
// A choice from the list is meant as it is; what is typed waits for Enter.
add.addEventListener("input", event => {
  if (event.inputType === "insertReplacementText" || event.inputType === undefined) {
    if (known.has(add.value)) put();
  }
});
add.addEventListener("keydown", event => {
  if (event.key === "Enter" && add.value.trim() !== "") {
    event.preventDefault();
    put();
  }
});
