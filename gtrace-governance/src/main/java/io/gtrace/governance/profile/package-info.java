/**
 * An organisation in its own words: who it is, where its evidence lies, what it measures itself
 * against. Start at {@link io.gtrace.governance.profile.Profile}.
 */
@NullMarked
package io.gtrace.governance.profile;

import org.jspecify.annotations.NullMarked;
