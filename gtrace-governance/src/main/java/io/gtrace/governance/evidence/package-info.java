/**
 * What an organisation can show: registers, meters, site forms, logs and statements, as tables of
 * plain files. {@code evidence.yaml} says which tables there are and what their columns hold;
 * {@link io.gtrace.governance.evidence.Evidence} reads a folder of them. A row that is wrong is
 * told with its line and taken out; what rests on its table is then not known, and everything else
 * stays.
 */
@NullMarked
package io.gtrace.governance.evidence;

import org.jspecify.annotations.NullMarked;
