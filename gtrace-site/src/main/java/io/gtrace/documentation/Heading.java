package io.gtrace.documentation;

/**
 * A heading of a page.
 *
 * @param level 1 for that of the page itself, 2 for those below it, and so on
 * @param anchor what an address names it by, after the {@code #}
 */
record Heading(int level, String text, String anchor) {}
