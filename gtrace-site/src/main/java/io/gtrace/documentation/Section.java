package io.gtrace.documentation;

/**
 * What search finds: the plain text below one heading of a page.
 *
 * @param anchor of the heading; empty for the beginning of the page
 */
record Section(String heading, String anchor, String text) {}
