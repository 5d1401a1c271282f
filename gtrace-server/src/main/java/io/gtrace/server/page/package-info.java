/**
 * The dashboard: pages that people look at. A page is made on the server and says everything
 * without scripts; small scripts draw its pictures and keep it fresh. Pages load nothing but what
 * this server gives them.
 */
@NullMarked
package io.gtrace.server.page;

import org.jspecify.annotations.NullMarked;
