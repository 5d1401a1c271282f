/** The energy of NVIDIA GPUs, asked of the driver's own library (NVML). */
@NullMarked
package io.gtrace.meter.nvml;

import org.jspecify.annotations.NullMarked;
