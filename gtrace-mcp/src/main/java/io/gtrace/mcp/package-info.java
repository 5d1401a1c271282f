/**
 * G-TRACE for agents and editors: tools over the Model Context Protocol, on standard input and
 * output. Each tool asks what the command line asks, and answers with a text for people and the
 * same figures as JSON.
 */
@NullMarked
package io.gtrace.mcp;

import org.jspecify.annotations.NullMarked;
