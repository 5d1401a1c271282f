package io.gtrace.server.access;

import io.gtrace.server.audit.AuditLog;
import io.gtrace.server.http.Problem;
import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.http.Status;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import io.helidon.webserver.http.ServerRequest;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/** Lets in who may, and writes down who may not and who changes something. */
public final class Gatekeeper implements Filter {
  private static final String BEARER = "Bearer ";
  private static final String NOBODY = "nobody";
  private static final Set<Method> READING = Set.of(Method.GET, Method.HEAD, Method.OPTIONS);

  /** Answers to what somebody may not do; who does too much is not written down each time. */
  private static final Set<Integer> REFUSED =
      Set.of(
          Status.UNAUTHORIZED_401.code(),
          Status.FORBIDDEN_403.code(),
          Status.MISDIRECTED_REQUEST_421.code());

  private final List<Access> accesses;
  private final Supplier<Optional<Stranger>> strangers;
  private final Limits limits;
  private final Sessions sessions;
  private final Function<Optional<Caller>, AuditLog> audits;

  /**
   * @param accesses each for a kind of token
   * @param strangers who somebody is taken for that shows nothing; empty for nobody
   * @param limits how much each may do
   * @param sessions of browsers
   * @param audits where it is written down what somebody does
   */
  public Gatekeeper(
      List<Access> accesses,
      Supplier<Optional<Stranger>> strangers,
      Limits limits,
      Sessions sessions,
      Function<Optional<Caller>, AuditLog> audits) {
    this.accesses = List.copyOf(accesses);
    this.strangers = strangers;
    this.limits = limits;
    this.sessions = sessions;
    this.audits = audits;
  }

  @Override
  public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
    Authentication authentication = authentication(request);
    request.context().register(authentication);
    chain.proceed();
    int status = response.status().code();
    boolean changes = authentication.changes() && !READING.contains(request.prologue().method());
    if (changes || REFUSED.contains(status)) {
      write(authentication.caller(), request, Integer.toString(status));
    }
  }

  private Authentication authentication(ServerRequest request) {
    try {
      return request
          .headers()
          .first(HeaderNames.AUTHORIZATION)
          .map(shown -> shown(shown, Address.of(request)))
          .orElseGet(() -> nothingShown(request));
    } catch (Problem refused) {
      if (REFUSED.contains(refused.status().code())) {
        write(Optional.empty(), request, Integer.toString(refused.status().code()));
      }
      throw refused;
    }
  }

  private void write(Optional<Caller> caller, ServerRequest request, String outcome) {
    write(
        caller,
        request.prologue().method().text() + " " + request.prologue().uriPath().rawPath(),
        Address.of(request),
        outcome);
  }

  private void write(Optional<Caller> caller, String what, Address from, String outcome) {
    AuditLog audit = audits.apply(caller);
    AuditLog.Entry entry =
        new AuditLog.Entry(caller.map(Caller::name).orElse(NOBODY), what, from.text(), outcome);
    if (caller.filter(each -> !each.isGuest()).isPresent()) {
      audit.did(entry);
    } else {
      audit.refused(entry);
    }
  }

  /**
   * Who calls by a protocol that browsers do not speak, as gRPC, if they may do something.
   *
   * @param authorization as in the header of that name; empty if there is none
   * @param peer who connected
   * @param what they do, for the audit log
   * @throws Problem if they may not
   */
  public Caller require(
      Optional<String> authorization, InetAddress peer, String what, Scope scope) {
    Address address = Address.of(peer);
    Authentication authentication =
        authorization
            .map(shown -> shown(shown, address))
            .orElseGet(
                () -> new Authentication(strangers.get().map(Stranger::caller), Optional.empty()));
    try {
      return authentication.require(scope);
    } catch (Problem refused) {
      if (REFUSED.contains(refused.status().code())) {
        write(authentication.caller(), what, address, Integer.toString(refused.status().code()));
      }
      throw refused;
    }
  }

  /** A browser sends cookies by itself, and reaches this machine: then its page must be ours. */
  private Authentication nothingShown(ServerRequest request) {
    Optional<Stranger> stranger = strangers.get();
    stranger.flatMap(Stranger::names).ifPresent(names -> names.require(request));
    SameOrigin.require(request);
    Optional<Caller> signedIn = SessionCookie.of(request).flatMap(sessions::caller);
    if (signedIn.isPresent()) {
      return known(signedIn.get());
    }
    if (stranger.filter(each -> each.names().isEmpty()).isPresent()) {
      limits.ofReader(Address.of(request).network()).ifPresent(Gatekeeper::refuse);
    }
    return new Authentication(stranger.map(Stranger::caller), Optional.empty());
  }

  private Authentication shown(String authorization, Address address) {
    try {
      if (!authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
        throw Problem.of(
            Status.UNAUTHORIZED_401, "only tokens are known here: Authorization: Bearer TOKEN");
      }
      return admit(authorization.substring(BEARER.length()).strip(), address)
          .caller()
          .map(this::known)
          .orElseThrow(() -> opensNothing(address));
    } catch (Problem refused) {
      return Authentication.refused(refused);
    }
  }

  private Admission admit(String bearer, Address address) {
    return accesses.stream()
        .flatMap(each -> each.admit(bearer).stream())
        .findFirst()
        .orElseThrow(() -> opensNothing(address));
  }

  private Problem opensNothing(Address address) {
    return limits
        .ofFailure(address.network())
        .orElseGet(() ->
            Problem.of(
                Status.UNAUTHORIZED_401,
                "this token opens nothing: it is unknown, revoked or expired"));
  }

  private Authentication known(Caller caller) {
    limits.ofCaller(caller).ifPresent(Gatekeeper::refuse);
    return Authentication.of(caller);
  }

  private static void refuse(Problem problem) {
    throw problem;
  }

  /**
   * Signs a browser in.
   *
   * @return the id of its session
   * @throws Problem if the token opens nothing, or too many are signed in
   */
  String begin(String token, ServerRequest request) {
    Admission admission = admit(token, Address.of(request));
    String id =
        sessions
            .begin(admission)
            .orElseThrow(() ->
                Problem.of(Status.SERVICE_UNAVAILABLE_503, "too many browsers are signed in"));
    write(admission.caller(), request, "signed in");
    return id;
  }

  /** Signs a browser out. */
  void end(ServerRequest request) {
    SessionCookie.of(request).ifPresent(sessions::end);
  }

  /**
   * A handler for those who may do something; others are told that they may not, and people at a
   * browser are asked to sign in.
   */
  public static Handler requiring(Scope scope, CallerHandler handler) {
    return (request, response) -> {
      Authentication authentication = Authentication.of(request);
      if (authentication.isOfNobody() && wantsPage(request)) {
        Login.seeOther(response, Login.address(request));
      } else {
        handler.handle(authentication.require(scope), request, response);
      }
    };
  }

  private static boolean wantsPage(ServerRequest request) {
    return request.prologue().method().equals(Method.GET)
        && request.headers().first(HeaderNames.ACCEPT).orElse("").contains("text/html");
  }
}
