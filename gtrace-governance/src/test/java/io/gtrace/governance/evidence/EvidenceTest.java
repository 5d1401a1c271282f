package io.gtrace.governance.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tables of evidence as people hand them in. */
class EvidenceTest {
  private static final EvidenceKinds KINDS = EvidenceKinds.shipped();

  @TempDir Path folder;

  private EvidenceTable read(String file, String text) throws IOException {
    Files.writeString(folder.resolve(file), text);
    return Evidence.read(folder, KINDS).table(file.substring(0, file.indexOf('.'))).orElseThrow();
  }

  @Test
  void csvYamlAndJsonSayTheSame() throws IOException {
    String header = "series,from,to,energy_kwh\n";
    EvidenceTable csv = read("meters.csv", header + "m1,2025-01-01,2025-01-01T06:00Z,12.5\n");
    Files.delete(folder.resolve("meters.csv"));
    EvidenceTable yaml =
        read(
            "meters.yaml",
            "- {series: m1, from: 2025-01-01, to: '2025-01-01T06:00Z', energy_kwh: 12.5}\n");
    Files.delete(folder.resolve("meters.yaml"));
    EvidenceTable json =
        read(
            "meters.json",
            """
            [{"series": "m1", "from": "2025-01-01", "to": "2025-01-01T06:00Z", "energy_kwh": 12.5}]
            """);
    assertThat(csv.faults()).isEmpty();
    assertThat(csv.rows().get(0).values())
        .isEqualTo(yaml.rows().get(0).values())
        .isEqualTo(json.rows().get(0).values());
    assertThat(csv.rows().get(0).moment("to")).isEqualTo(Instant.parse("2025-01-01T06:00:00Z"));
    assertThat(csv.rows().get(0).number("energy_kwh")).isEqualTo(12.5);
    assertThat(csv.grade()).isEqualTo(Grade.E3);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "sites.csv  | site,site_class,year,pue | DE,colo,2025,0.9 | pue: '0.9' cannot be below 1",
        "sites.csv  | site,site_class,year,ref | DE,colo,2025,1.3 | ref: '1.3' cannot be above 1",
        "sites.csv  | site,site_class,year,pue | DE,palace,2025,1.2 | site_class: 'palace' is none of cloud",
        "meters.csv | series,from,to,energy_kwh | m1,2025-01-01,2025-01-02,12 MWh | no plain number",
        "meters.csv | series,from,to,energy_kwh | m1,2025-01-01,2025-01-02,-3 | cannot be below 0",
        "meters.csv | series,from,to,energy_kwh | m1,2025-01-01,2025-01-02,NaN | energy_kwh: 'NaN'",
        "meters.csv | series,from,to,energy_kwh | m1,2025-01-02,2025-01-01,3 | to: must lie after",
        "meters.csv | series,from,to,energy_kwh | m1,yesterday,2025-01-01,3 | is no moment such as",
        "meters.csv | series,from,to,energy_kwh | m1,2025-01-01,2025-01-02, | energy_kwh: is missing",
        "meters.csv | series,from,to,energy_kwh,grade | m1,2025-01-01,2025-01-02,1,E9 | grade: 'E9'",
        "meters.csv | series,from,to,energy_kwh | m1,2025-01-01,2025-01-02,1.000,5 | has 5 values for 4 columns",
        "register.csv | service,modality,grade | chat,text,E4 | grade: 'E4' is none of e0, e1, e2",
      })
  void whatIsWrongIsToldWithFileLineAndColumn(String file, String header, String row, String remark)
      throws IOException {
    EvidenceTable table = read(file, header + "\n" + row + "\n");
    assertThat(table.rows()).isEmpty();
    assertThat(table.faults()).hasSize(1);
    assertThat(table.faults().get(0).toString())
        .contains(folder.resolve(file) + ", line 2")
        .contains(remark);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "idle.csv | site,from,to,idle_kwh,attributed_kwh | DE,2025-01-01,2025-02-01,10,11 | attributed_kwh: 11 cannot be above idle_kwh, which is 10",
        "router.csv | service,from,to,eligible_requests,smallest_requests | chat,2025-01-01,2025-02-01,5,6 | smallest_requests: 6 cannot be above",
        "utilisation.csv | site,from,to,provisioned_hours,busy_hours | DE,2025-01-01,2025-02-01,5,6 | busy_hours: 6 cannot be above",
        "demand.csv | test,from,to,outputs,outputs_stewarded | a,2025-01-01,2025-02-01,5,6 | outputs_stewarded: 6 cannot be above",
        "demand.csv | test,from,to,outputs,outputs_stewarded,low_percent,high_percent | a,2025-01-01,2025-02-01,5,4,2,1 | low_percent: 2 cannot be above high_percent",
        "intensity.csv | modality,measured_on,unit,samples,mean_wh,low_wh,high_wh | text,2025-01-01,token,9,3,1,2 | mean_wh: 3 cannot be above high_wh",
        "rebound.csv | measure,from,to,engineering_saving_kg,net_saving_kg,low_kg,method | a,2025-01-01,2025-02-01,9,3,4,did | low_kg: 4 cannot be above net_saving_kg",
        "instruments.csv | instrument,zone,from,to,energy_kwh | sun,FR,2025-01-01,2025-02-01,9 | to: must lie no more than 60 minutes after from",
      })
  void aPartIsNoMoreThanItsWholeAndAPeriodNoLongerThanItMayBe(
      String file, String header, String row, String remark) throws IOException {
    EvidenceTable table = read(file, header + "\n" + row + "\n");
    assertThat(table.rows()).isEmpty();
    assertThat(table.faults()).hasSize(1);
    assertThat(table.faults().get(0).toString()).contains("line 2").contains(remark);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "assurance.csv | statement,provider,level,from,to,carbon_kg | S1,A,limited,2025-01-01,2026-01-01,9 | S2,B,limited,2025-06-01,2026-06-01,9",
        "suppliers.csv | supplier,category,from,to,carbon_kg,data | A,cat-1,2025-01-01,2026-01-01,9,spend | a,cat-1,2025-01-01,2025-04-01,3,measured",
        "rebound.csv | measure,from,to,engineering_saving_kg,net_saving_kg,method | m,2025-01-01,2026-01-01,9,3,did | m,2025-01-01,2026-01-01,9,3,did",
        "demand.csv | test,from,to,outputs,outputs_stewarded | t,2025-01-01,2026-01-01,9,3 | t,2025-01-01,2026-01-01,9,3",
      })
  void whatIsToldTwiceOfTheSameTimeIsNotAddedUp(
      String file, String header, String one, String other) throws IOException {
    EvidenceTable table = read(file, String.join("\n", header, one, other) + "\n");
    assertThat(table.faults()).hasSize(1);
    assertThat(table.faults().get(0).toString()).contains("line 3", "overlaps", "line 2");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "sites.csv | site,site_class,year,power | power: there is no such column; there are site",
        "sites.csv | site,site_class | year: is missing: ",
        "meters.csv | series,from,to,energy_kwh,From | from: is there twice",
        "credits.csv | credit,retired,carbon_kg,netted_into,retired_on | retired: there is no such column",
      })
  void whatIsWrongWithAHeaderIsToldOnceAndItsRowsSayNothing(
      String file, String header, String remark) throws IOException {
    EvidenceTable table = read(file, "# ours\n" + header + "\nDE,2,2025,3\nFR,2,2025,3\n");
    assertThat(table.rows()).isEmpty();
    assertThat(table.faults()).hasSize(1);
    assertThat(table.faults().get(0).toString())
        .contains(folder.resolve(file) + ", line 2, ")
        .contains(remark);
    assertThat(read(file, header + "\n").saysNone()).isFalse();
  }

  @Test
  void aRightRowIsKeptBesideAWrongOne() throws IOException {
    EvidenceTable table =
        read(
            "meters.csv",
            """
            # a comment
            series,from,to,energy_kwh
            m1,2025-01-01,2025-01-02,1
            m1,2025-01-02,2025-01-03,one
            """);
    assertThat(table.rows()).hasSize(1);
    assertThat(table.faults()).hasSize(1);
    assertThat(table.faults().get(0).place()).endsWith("line 4");
  }

  @Test
  void contradictionsAndOverlapsAreFaults() throws IOException {
    EvidenceTable sites =
        read(
            "sites.csv",
            "site,site_class,year,pue\nDE,colo,2025,1.2\nFR,colo,2025,1.2\nde,colo,2025,1.4\n");
    assertThat(sites.faults()).hasSize(1);
    assertThat(sites.faults().get(0).toString())
        .contains("line 4", "was told of before", "line 2", "with other values");
    EvidenceTable meters =
        read(
            "meters.csv",
            """
            series,from,to,energy_kwh
            m1,2025-01-01,2025-01-03,1
            m1,2025-01-02,2025-01-04,1
            m2,2025-01-02,2025-01-04,1
            """);
    assertThat(meters.faults()).hasSize(1);
    assertThat(meters.faults().get(0).toString()).contains("line 3", "overlaps", "line 2");
  }

  @Test
  void filesThatAreNoEvidenceAreNamedAndBrokenOnesAreFaults() throws IOException {
    Files.writeString(folder.resolve("holiday.csv"), "a,b\n1,2\n");
    Files.write(folder.resolve("labels.csv"), new byte[] {(byte) 0xC3, (byte) 0x28, 0, 1});
    Files.writeString(folder.resolve("credits.yaml"), "credit: [");
    Files.writeString(folder.resolve("budgets.json"), "{\"service\": \"chat\"}");
    Files.writeString(folder.resolve("alerts.csv"), "");
    Evidence evidence = Evidence.read(folder, KINDS);
    assertThat(evidence.strangers()).hasSize(1);
    assertThat(evidence.strangers().get(0)).contains("holiday.csv", "is no kind of evidence");
    assertThat(evidence.faults())
        .extracting(Fault::table)
        .containsExactlyInAnyOrder("labels", "credits", "budgets");
    assertThat(evidence.table("alerts").orElseThrow().rows()).isEmpty();
  }

  @Test
  void aMissingFolderAndFilesOfOtherEndingsAreNamed() throws IOException {
    assertThat(Evidence.read(folder.resolve("nowhere"), KINDS).strangers())
        .singleElement()
        .asString()
        .contains("nowhere: there is no such folder");
    Files.writeString(folder.resolve("meters.CSV"), "series,from,to,energy_kwh\n");
    Files.writeString(folder.resolve("sites.xlsx"), "");
    Files.writeString(folder.resolve("README.md"), "ours\n");
    Evidence evidence = Evidence.read(folder, KINDS);
    assertThat(evidence.tables()).isEmpty();
    assertThat(evidence.strangers()).hasSize(2);
    assertThat(evidence.strangers().get(0)).contains("meters.CSV: not read; its ending must be");
    assertThat(evidence.strangers().get(1)).contains("sites.xlsx");
  }

  @Test
  void aHeaderAloneSaysNoneWhereThatIsAnAnswerAndATemplateSaysNothing() throws IOException {
    String header = "credit,retired_on,carbon_kg,netted_into\n";
    assertThat(read("credits.csv", "# ours\n" + header).saysNone()).isTrue();
    assertThat(read("credits.csv", header + "C1,2025-01-01,5,none\n").saysNone()).isFalse();
    assertThat(read("credits.csv", "").saysNone()).isFalse();
    EvidenceKind credits = KINDS.named("credits").orElseThrow();
    assertThat(read("credits.csv", EvidenceTemplate.csv(credits)).saysNone()).isFalse();
    assertThat(read("labels.csv", "model,label,source\n").saysNone()).isFalse();
  }

  @Test
  void aTemplateIsAnEmptyTable() throws IOException {
    for (EvidenceKind kind : KINDS.all()) {
      EvidenceTable table = read(kind.id() + ".csv", EvidenceTemplate.csv(kind));
      assertThat(table.faults()).as(kind.id()).isEmpty();
      assertThat(table.rows()).as(kind.id()).isEmpty();
      assertThat(EvidenceTemplate.schema(kind)).contains(kind.columns().get(0).name());
    }
  }

  @Test
  void rowsAreWorthWhatTheySayAndATableIsWorthItsWeakestRow() throws IOException {
    EvidenceTable table =
        read("register.csv", "service,modality,grade\nchat,text,\nsearch,embedding,E0\n");
    assertThat(table.rows()).extracting(EvidenceRow::grade).isEqualTo(List.of(Grade.E2, Grade.E0));
    assertThat(table.grade()).isEqualTo(Grade.E0);
  }
}
