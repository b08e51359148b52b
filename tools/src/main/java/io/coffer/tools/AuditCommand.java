package io.coffer.tools;

import io.coffer.server.AuditReader;
import java.io.BufferedWriter;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code coffer audit}: the trail, read where it is kept, whether or not the server runs. */
@Command(
    name = "audit",
    description = "Reads the audit trail of the local data directory.",
    mixinStandardHelpOptions = true)
final class AuditCommand {
  @Command(
      name = "verify",
      description = "Walks the chains; names the first block that does not fit.",
      mixinStandardHelpOptions = true)
  int verify(@Mixin DataDirOption directory, @Mixin SealOption seal) {
    AuditReader.Report report = AuditReader.walk(seal.settings(directory), new Terminal(), _ -> {});
    System.out.println(report.sentence());
    return report.sound() ? 0 : 1;
  }

  @Command(
      name = "export",
      description = "Prints every record as a line of JSON, oldest first.",
      mixinStandardHelpOptions = true)
  int export(@Mixin DataDirOption directory, @Mixin SealOption seal) {
    // Not closed: it would close standard output with it.
    PrintWriter out =
        new PrintWriter(
            new BufferedWriter(new OutputStreamWriter(System.out, StandardCharsets.UTF_8)));
    AuditReader.Report report =
        AuditReader.walk(seal.settings(directory), new Terminal(), out::println);
    out.flush();
    if (System.out.checkError()) {
      throw new ClientTrouble("the export was not written to its end");
    }
    if (!report.sound()) {
      System.err.println("coffer: " + report.sentence());
    }
    return report.sound() ? 0 : 1;
  }
}
