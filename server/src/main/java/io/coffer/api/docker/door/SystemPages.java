package io.coffer.api.docker.door;

import io.coffer.Bytes;
import io.coffer.api.docker.wire.ApiVersion;
import io.coffer.crypto.Digest;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;

/**
 * What an engine says of itself, as far as clients of secrets ask: a swarm of one manager with
 * nothing running on it.
 */
final class SystemPages {
  /** An engine of API 1.51, and that it is us. */
  static final String ENGINE_VERSION = "28.5.0-coffer";

  private static final int ID_LENGTH = 25;

  private final InstantSource clock;
  private final String engineId;
  private final String nodeId;
  private final String architecture = System.getProperty("os.arch", "amd64");
  private final String kernel = System.getProperty("os.version", "");

  /**
   * The pages of one store's engine.
   *
   * @param storeId what the made-up ids of engine and node are drawn from, so that they last
   */
  SystemPages(InstantSource clock, String storeId) {
    this.clock = clock;
    this.engineId = id("engine", storeId);
    this.nodeId = id("node", storeId);
  }

  byte[] version() {
    return utf8(
        """
        {"Platform":{"Name":"Coffer"},"Components":[{"Name":"Engine","Version":"%1$s",\
        "Details":{"ApiVersion":"%2$s","Arch":"%4$s","BuildTime":"","Experimental":"false",\
        "GitCommit":"","GoVersion":"","KernelVersion":"%5$s","MinAPIVersion":"%3$s",\
        "Os":"linux"}}],"Version":"%1$s","ApiVersion":"%2$s","MinAPIVersion":"%3$s",\
        "GitCommit":"","GoVersion":"","Os":"linux","Arch":"%4$s","KernelVersion":"%5$s",\
        "BuildTime":""}
        """
            .formatted(
                ENGINE_VERSION,
                ApiVersion.MAX.text(),
                ApiVersion.MIN.text(),
                goArchitecture(),
                kernel));
  }

  byte[] info() {
    return utf8(
        """
        {"ID":"%1$s","Containers":0,"ContainersRunning":0,"ContainersPaused":0,\
        "ContainersStopped":0,"Images":0,"Driver":"","DriverStatus":null,\
        "Plugins":{"Volume":[],"Network":[],"Authorization":null,"Log":[]},\
        "MemoryLimit":false,"SwapLimit":false,"CpuCfsPeriod":false,"CpuCfsQuota":false,\
        "CPUShares":false,"CPUSet":false,"PidsLimit":false,"IPv4Forwarding":true,\
        "Debug":false,"NFd":0,"OomKillDisable":false,"NGoroutines":0,"SystemTime":"%2$s",\
        "LoggingDriver":"","CgroupDriver":"","NEventsListener":0,"KernelVersion":"%3$s",\
        "OperatingSystem":"Coffer","OSVersion":"","OSType":"linux","Architecture":"%4$s",\
        "IndexServerAddress":"","RegistryConfig":null,"NCPU":%5$d,"MemTotal":%6$d,\
        "GenericResources":null,"DockerRootDir":"","HttpProxy":"","HttpsProxy":"",\
        "NoProxy":"","Name":"coffer","Labels":[],"ExperimentalBuild":false,\
        "ServerVersion":"%7$s","Runtimes":{},"DefaultRuntime":"",\
        "Swarm":{"NodeID":"%8$s","NodeAddr":"127.0.0.1","LocalNodeState":"active",\
        "ControlAvailable":true,"Error":"","RemoteManagers":[{"NodeID":"%8$s",\
        "Addr":"127.0.0.1:2377"}],"Nodes":1,"Managers":1},\
        "LiveRestoreEnabled":false,"Isolation":"","InitBinary":"",\
        "ContainerdCommit":{"ID":""},"RuncCommit":{"ID":""},"InitCommit":{"ID":""},\
        "SecurityOptions":[],"CDISpecDirs":[],"Warnings":null}
        """
            .formatted(
                engineId,
                clock.instant(),
                kernel,
                architecture.equals("amd64") ? "x86_64" : architecture,
                Runtime.getRuntime().availableProcessors(),
                Runtime.getRuntime().maxMemory(),
                ENGINE_VERSION,
                nodeId));
  }

  private String goArchitecture() {
    return architecture.equals("aarch64") ? "arm64" : architecture;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String id(String what, String storeId) {
    return Digest.sha256(Bytes.utf8(what + "\0" + storeId)).hex().substring(0, ID_LENGTH);
  }
}
