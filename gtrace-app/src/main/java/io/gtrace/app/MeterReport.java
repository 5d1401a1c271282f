package io.gtrace.app;

import io.gtrace.governance.evidence.Grade;
import io.gtrace.meter.Machine;
import io.gtrace.meter.Metering;
import java.util.OptionalInt;

/**
 * What is told of a measured command.
 *
 * @param command as it was typed, or as the process that was measured names itself, for people
 * @param exitCode of the command; empty of a process that something else had started
 * @param grade what the figure is worth as evidence
 * @param price what it costs
 */
record MeterReport(
    String command,
    OptionalInt exitCode,
    Machine machine,
    Metering metering,
    Grade grade,
    MeterPrices.Price price) {}
