package io.gtrace.meter.load;

/**
 * How a machine was used from the first reading to the last.
 *
 * @param ownCpuSeconds processor time of the command
 * @param busyCpuSeconds processor time of everything on the machine
 * @param meanOwnMemoryBytes resident memory of the command, its mean over time
 * @param processesLeft processes of the command that run at the last reading
 */
public record LoadTotals(
    double ownCpuSeconds, double busyCpuSeconds, double meanOwnMemoryBytes, int processesLeft) {}
