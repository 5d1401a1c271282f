package io.gtrace.server.organisation;

import io.gtrace.server.access.Caller;
import io.gtrace.server.audit.AuditLog;
import io.gtrace.server.http.Problem;
import io.helidon.http.Status;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All organisations of a server, strictly apart: a caller reaches their own and no other. */
public final class Organisations implements AutoCloseable {
  private final Map<String, Organisation> byName;

  public Organisations(List<Organisation> organisations) {
    byName = new LinkedHashMap<>();
    organisations.forEach(each -> byName.put(each.name(), each));
  }

  /**
   * The organisation of a caller.
   *
   * @throws Problem if this server does not keep it
   */
  public Organisation of(Caller caller) {
    Organisation own = byName.get(caller.organisation());
    if (own == null) {
      throw Problem.of(
          Status.FORBIDDEN_403, caller.name() + " is of an organisation that is not kept here");
    }
    return own;
  }

  /**
   * The log that tells what a caller does; that of the first organisation for those whom none
   * knows.
   */
  public AuditLog audit(Optional<Caller> caller) {
    return caller
        .flatMap(known -> Optional.ofNullable(byName.get(known.organisation())))
        .orElseGet(() -> byName.values().iterator().next())
        .audit();
  }

  public Collection<Organisation> all() {
    return Collections.unmodifiableCollection(byName.values());
  }

  @Override
  public void close() {
    RuntimeException first = null;
    for (Organisation each : new ArrayList<>(byName.values())) {
      try {
        each.close();
      } catch (RuntimeException failed) {
        first = first == null ? failed : first;
      }
    }
    if (first != null) {
      throw first;
    }
  }
}
