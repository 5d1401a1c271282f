/**
 * Applications as people write them, which tell what their calls of models cost. They call a server
 * of this machine that answers as OpenAI does, so they need no key and no network.
 */
@NullMarked
package io.gtrace.example;

import org.jspecify.annotations.NullMarked;
