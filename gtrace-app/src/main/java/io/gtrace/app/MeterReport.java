package io.gtrace.app;

import io.gtrace.governance.evidence.Grade;
import io.gtrace.meter.Machine;
import io.gtrace.meter.Metering;

/**
 * What is told of a measured command.
 *
 * @param command as it was typed, for people
 * @param exitCode of the command
 * @param grade what the figure is worth as evidence
 * @param price what it costs
 */
record MeterReport(
    String command,
    int exitCode,
    Machine machine,
    Metering metering,
    Grade grade,
    MeterPrices.Price price) {}
