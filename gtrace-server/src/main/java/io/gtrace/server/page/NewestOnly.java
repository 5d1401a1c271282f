package io.gtrace.server.page;

import io.gtrace.ledger.store.Head;
import io.gtrace.server.organisation.Organisation;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;

/**
 * Keeps what took long to be made of a ledger, as long as the ledger and what prices stay. Safe for
 * use by many threads; who asks for the same waits for one that makes it.
 */
final class NewestOnly<T> {
  private final ConcurrentMap<String, Kept<T>> byOrganisation = new ConcurrentHashMap<>();

  private record Kept<T>(Head head, String factorSet, T made) {}

  T of(Organisation organisation, Supplier<T> making) {
    Head head = organisation.ledger().head();
    String factorSet = organisation.card().catalogue().factorSet();
    return byOrganisation
        .compute(
            organisation.name(),
            (name, kept) ->
                kept != null && kept.head().equals(head) && kept.factorSet().equals(factorSet)
                    ? kept
                    : new Kept<>(head, factorSet, making.get()))
        .made();
  }
}
