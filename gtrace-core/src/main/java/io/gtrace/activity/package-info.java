/**
 * What was done: one call to a generative model, one training run, or a metered bucket of such
 * calls. Plain data; knows nothing of energy or carbon. Start at {@link
 * io.gtrace.activity.Activity}.
 */
@NullMarked
package io.gtrace.activity;

import org.jspecify.annotations.NullMarked;
