package io.gtrace.meter.nvml;

import io.gtrace.meter.nvml.Nvml.GpuProcess;
import io.gtrace.meter.nvml.Nvml.Utilisation;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * Which share of a GPU is a command's own, between two readings.
 *
 * @param share 0 to 1
 * @param used whether a process of the command computed there
 * @param byMemory whether it was told by memory held, for want of how busy each process was
 */
record GpuShare(double share, boolean used, boolean byMemory) {
  /**
   * @param held whether the GPU is the command's whether it computes or not, as when it was handed
   *     to its container or named by {@code CUDA_VISIBLE_DEVICES}
   * @param blind whether processes go by other numbers here than the driver knows them by
   * @param processes that compute there
   * @param utilisation since the reading before
   * @param own all processes that are or were the command's
   */
  static GpuShare of(
      boolean held,
      boolean blind,
      List<GpuProcess> processes,
      List<Utilisation> utilisation,
      Set<Long> own) {
    boolean used =
        processes.stream().anyMatch(process -> own.contains(process.pid()))
            || utilisation.stream()
                .anyMatch(sample -> sample.percent() > 0 && own.contains(sample.pid()));
    if (blind) {
      return new GpuShare(held ? 1 : 0, used, false);
    }
    boolean others =
        processes.stream().anyMatch(process -> !own.contains(process.pid()))
            || utilisation.stream()
                .anyMatch(sample -> sample.percent() > 0 && !own.contains(sample.pid()));
    if (!used) {
      return new GpuShare(held && !others ? 1 : 0, false, false);
    }
    if (!others) {
      return new GpuShare(1, true, false);
    }
    double busy = sum(utilisation);
    if (busy > 0) {
      return new GpuShare(sum(ownOf(utilisation, own)) / busy, true, false);
    }
    double memory = processes.stream().mapToDouble(each -> (double) each.memoryBytes()).sum();
    double ownMemory =
        processes.stream()
            .filter(each -> own.contains(each.pid()))
            .mapToDouble(each -> (double) each.memoryBytes())
            .sum();
    long ownProcesses = processes.stream().filter(each -> own.contains(each.pid())).count();
    double share =
        memory > 0 ? ownMemory / memory : (double) ownProcesses / Math.max(1, processes.size());
    return new GpuShare(share, true, true);
  }

  private static List<Utilisation> ownOf(List<Utilisation> samples, Set<Long> own) {
    return samples.stream().filter(sample -> own.contains(sample.pid())).toList();
  }

  private static double sum(Collection<Utilisation> samples) {
    return samples.stream().mapToDouble(Utilisation::percent).sum();
  }
}
