package io.gtrace.spark;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.nullif;
import static org.apache.spark.sql.functions.regexp_extract;
import static org.apache.spark.sql.functions.replace;
import static org.apache.spark.sql.functions.try_url_decode;

import io.gtrace.ledger.Refusal;
import io.gtrace.ledger.UsageColumn;
import io.gtrace.ledger.UsageException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.datasources.parquet.ParquetToSparkSchemaConverter;
import org.apache.spark.sql.internal.SQLConf;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Files of usage, Parquet and JSON lines, as one table. Files of a lake need not agree: each is
 * read by its own schema, and one that cannot be read is told and left out. Not for sharing between
 * threads.
 */
final class UsageFileSet {
  private static final int FILES_OF_A_TASK = 64;
  private static final Pattern FOLDER_COLUMN = Pattern.compile("(?<=/)([^/=]+)=[^/]*(?=/)");

  /** How lakes call a folder of rows without a value. */
  private static final String NO_VALUE = "__HIVE_DEFAULT_PARTITION__";

  private final SparkSession session;
  private final Set<String> json = new LinkedHashSet<>();
  private final Map<String, String> schemaOfParquet = new LinkedHashMap<>();
  private final List<Refusal> broken = new ArrayList<>();

  /** What files are read alike by. */
  private record Shape(String schema, List<String> folderColumns) {}

  /** What the end of a file told: a schema, or why there is none. */
  private record Footer(String file, String schema, String fault) implements Serializable {}

  /**
   * Looks for files and reads the ends of those of Parquet, on the executors.
   *
   * @param paths files, folders and patterns, in any file system that Spark knows
   * @throws UsageException if there are none
   */
  UsageFileSet(SparkSession session, List<String> paths) {
    this.session = session;
    List<String> parquet = new ArrayList<>();
    for (String path : paths) {
      for (String file : files(path)) {
        if (file.toLowerCase(Locale.ROOT).contains(".parquet")) {
          parquet.add(file);
        } else {
          json.add(file);
        }
      }
    }
    if (parquet.isEmpty() && json.isEmpty()) {
      throw new UsageException(
          String.join(", ", paths) + ": there is no file of Parquet or JSON lines");
    }
    for (Footer footer : footers(parquet)) {
      if (footer.fault().isEmpty()) {
        schemaOfParquet.put(footer.file(), footer.schema());
      } else {
        leaveOut(footer.file(), footer.fault());
      }
    }
  }

  private List<String> files(String path) {
    Configuration conf = session.sparkContext().hadoopConfiguration();
    List<String> found = new ArrayList<>();
    try {
      Path pattern = new Path(path);
      FileSystem system = pattern.getFileSystem(conf);
      FileStatus[] matching = system.globStatus(pattern);
      if (matching == null || matching.length == 0) {
        throw new UsageException(path + ": there is no such file");
      }
      for (FileStatus each : matching) {
        if (each.isFile()) {
          found.add(each.getPath().toString());
          continue;
        }
        RemoteIterator<LocatedFileStatus> inside = system.listFiles(each.getPath(), true);
        while (inside.hasNext()) {
          LocatedFileStatus file = inside.next();
          if (isUsage(each.getPath(), file)) {
            found.add(file.getPath().toString());
          }
        }
      }
    } catch (FileNotFoundException none) {
      throw new UsageException(path + ": there is no such file", none);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
    return found.stream().sorted().toList();
  }

  /** Not what jobs leave beside their files, nor what has nothing in it or another ending. */
  private static boolean isUsage(Path folder, LocatedFileStatus file) {
    String inside = folder.toUri().relativize(file.getPath().toUri()).getPath();
    for (String name : inside.split("/", -1)) {
      if (name.startsWith("_") || name.startsWith(".")) {
        return false;
      }
    }
    String name = inside.toLowerCase(Locale.ROOT);
    return file.getLen() > 0
        && (name.contains(".parquet") || name.contains(".json") || name.contains(".ndjson"));
  }

  private List<Footer> footers(List<String> files) {
    if (files.isEmpty()) {
      return List.of();
    }
    int tasks = 1 + (files.size() - 1) / FILES_OF_A_TASK;
    return JavaSparkContext.fromSparkContext(session.sparkContext())
        .parallelize(files, tasks)
        .map(UsageFileSet::footer)
        .collect();
  }

  private static Footer footer(String file) {
    Configuration conf = SparkHadoopUtil.get().conf();
    try (ParquetFileReader reader =
        ParquetFileReader.open(HadoopInputFile.fromPath(new Path(file), conf))) {
      StructType schema =
          new ParquetToSparkSchemaConverter(SQLConf.get())
              .convert(reader.getFooter().getFileMetaData().getSchema());
      return new Footer(file, schema.json(), "");
    } catch (IOException | RuntimeException broken) {
      return new Footer(
          file,
          "",
          "is no Parquet file, or damaged: "
              + String.valueOf(broken.getMessage()).lines().findFirst().orElse("")
              + "; write it again");
    }
  }

  /** Leaves out a file that turned out to be damaged; returns whether it was among them. */
  boolean leaveOut(String path, String why) {
    // Some name file:/x, some file:///x.
    String file = new Path(path).toString();
    broken.add(new Refusal(file, 0, "", why));
    return schemaOfParquet.remove(file) != null || json.remove(file);
  }

  /** Files that are left out, and why. */
  List<Refusal> broken() {
    return List.copyOf(broken);
  }

  /** Files that are read. */
  int size() {
    return schemaOfParquet.size() + json.size();
  }

  /**
   * Columns that a file has by the names of its folders, as in {@code team=search/day=2026-03-01};
   * those that mean something.
   */
  private static List<String> folderColumns(String file) {
    return FOLDER_COLUMN
        .matcher(file)
        .results()
        .map(found -> found.group(1))
        .filter(name -> UsageColumn.named(name).isPresent())
        .distinct()
        .toList();
  }

  /** What folders say, for where the rows themselves say nothing; NULL where they do not either. */
  private static Map<UsageColumn, Column> saidByFolders(List<String> names) {
    Map<UsageColumn, Column> said = new EnumMap<>(UsageColumn.class);
    for (String name : names) {
      Column value =
          nullif(
              // Names of folders are escaped, and paths are once more.
              unescaped(
                  unescaped(
                      regexp_extract(
                          col("_metadata.file_path"), "/" + Pattern.quote(name) + "=([^/]*)/", 1))),
              lit(NO_VALUE));
      UsageColumn.named(name)
          .ifPresent(column -> said.merge(column, value, (one, next) -> coalesce(one, next)));
    }
    return said;
  }

  private static Column unescaped(Column text) {
    return coalesce(try_url_decode(replace(text, lit("+"), lit("%2B"))), text);
  }

  /** The rows of all files, in the form of {@link UsageFrames}. */
  Dataset<Row> rows() {
    Map<Shape, List<String>> byShape = new LinkedHashMap<>();
    schemaOfParquet.forEach((file, schema) ->
        byShape
            .computeIfAbsent(new Shape(schema, folderColumns(file)), none -> new ArrayList<>())
            .add(file));
    List<Dataset<Row>> parts = new ArrayList<>();
    byShape.forEach((shape, files) -> {
      Dataset<Row> read =
          session
              .read()
              .schema((StructType) DataType.fromJson(shape.schema()))
              .parquet(files.toArray(String[]::new));
      parts.add(
          UsageFrames.of(
              read,
              saidByFolders(shape.folderColumns()),
              UsageFrames.Origin.of(
                  col("_metadata.file_path"), col("_metadata.row_index").plus(lit(1)))));
    });
    Map<List<String>, List<String>> jsonByFolders = new LinkedHashMap<>();
    json.forEach(file ->
        jsonByFolders.computeIfAbsent(folderColumns(file), none -> new ArrayList<>()).add(file));
    jsonByFolders.forEach((folders, files) -> {
      Dataset<Row> read =
          session
              .read()
              .schema(UsageFrames.JSON.add(UsageFrames.CORRUPT, DataTypes.StringType))
              .option("columnNameOfCorruptRecord", UsageFrames.CORRUPT)
              .json(files.toArray(String[]::new));
      parts.add(
          UsageFrames.of(
              read,
              saidByFolders(folders),
              UsageFrames.Origin.of(col("_metadata.file_path"), lit(0))));
    });
    return parts.stream().reduce(Dataset::union).orElseThrow();
  }

  /** Names of files, shortly, for people. */
  String described() {
    Set<String> all = new LinkedHashSet<>(schemaOfParquet.keySet());
    all.addAll(json);
    return all.size() == 1
        ? new Path(all.iterator().next()).getName()
        : String.format(Locale.ROOT, "%,d files", all.size());
  }
}
