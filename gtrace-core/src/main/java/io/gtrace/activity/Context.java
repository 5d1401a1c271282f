package io.gtrace.activity;

import io.gtrace.site.Site;
import java.time.Instant;
import java.util.Optional;

/**
 * When, for whom and where an activity ran.
 *
 * @param when the moment it started; empty where not known, then the newest annual factors apply
 * @param who whom it is booked to
 * @param site where the model ran
 */
public record Context(Optional<Instant> when, Attribution who, Site site) {
  /** Nothing known: now, nobody, wherever the model's provider usually runs it. */
  public static final Context UNKNOWN =
      new Context(Optional.empty(), Attribution.NONE, new Site.ProviderDefault());

  public Context at(Site newSite) {
    return new Context(when, who, newSite);
  }

  public Context on(Instant newWhen) {
    return new Context(Optional.of(newWhen), who, site);
  }

  public Context by(Attribution newWho) {
    return new Context(when, newWho, site);
  }
}
