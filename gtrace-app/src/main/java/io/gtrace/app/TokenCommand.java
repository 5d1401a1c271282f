package io.gtrace.app;

import io.gtrace.app.TextTable.Column;
import io.gtrace.ledger.store.Ledger;
import io.gtrace.server.ServerOptions;
import io.gtrace.server.access.Scope;
import io.gtrace.server.audit.AuditLog;
import io.gtrace.server.token.ApiToken;
import io.gtrace.server.token.TokenFile;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "token",
    mixinStandardHelpOptions = true,
    description = {
      "Make, list and revoke the tokens of a server.",
      "A running server heeds a change at once. From the first token on it wants one of everybody."
    },
    subcommands = {
      TokenCommand.Create.class,
      TokenCommand.ListAll.class,
      TokenCommand.Revoke.class
    },
    footer = {"", "Example: gtrace token create --ledger ledger --name ada --scope read"})
final class TokenCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() {
    throw new ParameterException(
        Console.commandLine(spec), "missing what to do: create, list or revoke");
  }

  @Command(
      name = "create",
      mixinStandardHelpOptions = true,
      description = {
        "Make a token and print it. It is printed this once: only its digest is kept.",
        "Scopes: ingest sends usage, read sees figures, study runs studies, admin changes factors"
            + " and mappings."
      },
      footer = {
        "",
        "Example: gtrace token create --ledger ledger --name batch --scope ingest --team search"
      })
  static final class Create implements Callable<Integer> {
    @Spec private @Nullable CommandSpec spec;
    @Mixin private LedgerOption ledger = new LedgerOption();

    @Option(
        names = "--name",
        paramLabel = "NAME",
        required = true,
        description = "What lists and the audit log call it.")
    private String name = "";

    @Option(
        names = "--scope",
        paramLabel = "SCOPE",
        required = true,
        split = ",",
        description = "ingest, read, study or admin; several with commas.")
    private List<String> scopes = List.of();

    @Option(
        names = "--organisation",
        paramLabel = "NAME",
        defaultValue = ServerOptions.ONLY_ORGANISATION,
        description =
            "Of gtrace serve --organisation NAME=DIR (default: that of the ledger itself).")
    private String organisation = "";

    @Option(
        names = "--team",
        paramLabel = "TEAM",
        description = "The only team that it sees and sends for (default: all).")
    private Optional<String> team = Optional.empty();

    @Option(
        names = "--expires",
        paramLabel = "DAY",
        description = "The first day on which it opens nothing, as 2027-01-01 (UTC).")
    private Optional<LocalDate> expires = Optional.empty();

    @Override
    public Integer call() {
      Instant now = InstantSource.system().instant();
      Optional<Instant> end = expires.map(day -> day.atStartOfDay(ZoneOffset.UTC).toInstant());
      if (end.filter(instant -> !instant.isAfter(now)).isPresent()) {
        throw new IllegalArgumentException("--expires: that day has begun");
      }
      ApiToken.Grant grant = new ApiToken.Grant(name, organisation, team, allowed(), end);
      TokenFile.Issued issued =
          TokenFile.of(Ledger.openOrCreate(ledger.folder()).folder())
              .create(grant, new SecureRandom(), now);
      writeDown(ledger, "token create " + name);
      PrintWriter out = Console.out(spec);
      out.println(issued.secret());
      out.flush();
      PrintWriter err = Console.err(spec);
      err.println("gtrace: keep it now, it is not shown again");
      err.flush();
      return ExitCode.DONE;
    }

    private Set<Scope> allowed() {
      Set<Scope> allowed = EnumSet.noneOf(Scope.class);
      for (String label : scopes) {
        allowed.add(
            Scope.named(label.strip())
                .orElseThrow(() ->
                    new IllegalArgumentException(
                        "--scope: '"
                            + label
                            + "' is none of "
                            + labels(EnumSet.allOf(Scope.class)))));
      }
      return allowed;
    }
  }

  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "List the tokens of a server, without their secrets.",
      footer = {"", "Example: gtrace token list --ledger ledger --format csv"})
  static final class ListAll implements Callable<Integer> {
    @Spec private @Nullable CommandSpec spec;
    @Mixin private LedgerOption ledger = new LedgerOption();
    @Mixin private TableFormat format = new TableFormat();

    @Override
    public Integer call() {
      List<Column<ApiToken>> columns =
          List.of(
              Column.of("name", "name", each -> each.grant().name()),
              Column.of("id", "id", ApiToken::id),
              Column.of("organisation", "organisation", each -> each.grant().organisation()),
              Column.of("team", "team", each -> each.grant().team().orElse("")),
              Column.of("scopes", "scopes", each -> labels(each.grant().scopes())),
              Column.of("created", "created", each -> each.created().toString()),
              Column.of(
                  "expires",
                  "expires",
                  each -> each.grant().expires().map(Instant::toString).orElse("")));
      PrintWriter out = Console.out(spec);
      new TextTable<>(columns, TokenFile.of(ledger.open().folder()).tokens())
          .print(out, format.chosen());
      out.flush();
      return ExitCode.DONE;
    }
  }

  @Command(
      name = "revoke",
      mixinStandardHelpOptions = true,
      description = "Revoke a token; a running server refuses it from the next request on.",
      footer = {"", "Example: gtrace token revoke ci --ledger ledger"})
  static final class Revoke implements Callable<Integer> {
    @Spec private @Nullable CommandSpec spec;
    @Mixin private LedgerOption ledger = new LedgerOption();

    @Parameters(paramLabel = "NAME", description = "The token's name or id.")
    private String token = "";

    @Override
    public Integer call() {
      ApiToken revoked = TokenFile.of(ledger.open().folder()).revoke(token);
      writeDown(ledger, "token revoke " + revoked.grant().name());
      PrintWriter out = Console.out(spec);
      out.println("revoked: " + revoked.grant().name() + " (" + revoked.id() + ")");
      out.flush();
      return ExitCode.DONE;
    }
  }

  private static void writeDown(LedgerOption ledger, String what) {
    Path folder = TokenFile.of(ledger.folder()).path().resolveSibling("");
    try (AuditLog log = AuditLog.in(folder, InstantSource.system())) {
      log.did(
          new AuditLog.Entry(
              System.getProperty("user.name", "unknown"), what, "command line", "done"));
    }
  }

  private static String labels(Set<Scope> scopes) {
    return Stream.of(Scope.values())
        .filter(scopes::contains)
        .map(Scope::label)
        .collect(Collectors.joining(","));
  }
}
