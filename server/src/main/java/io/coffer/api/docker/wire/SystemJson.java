package io.coffer.api.docker.wire;

import java.time.Instant;

/** The pages of an engine about itself and its swarm, each with a line feed at its end. */
public final class SystemJson {
  private static final int PAGE_BYTES = 4_096;
  private static final ApiVersion COMMITS_ALONE = new ApiVersion("1.49");
  private static final ApiVersion NO_BRIDGES = new ApiVersion("1.50");
  private static final ApiVersion NO_NONDISTRIBUTABLE = new ApiVersion("1.47");

  private SystemJson() {}

  public static byte[] version(EngineView engine) {
    JsonWriter out = new JsonWriter(PAGE_BYTES);
    EngineView.Machine machine = engine.machine();
    out.raw("{\"Platform\":{\"Name\":\"Coffer\"},\"Components\":[{\"Name\":\"Engine\",\"Version\":")
        .string(engine.version())
        .raw(",\"Details\":{\"ApiVersion\":")
        .string(ApiVersion.MAX.text())
        .raw(",\"Arch\":")
        .string(machine.goArchitecture())
        .raw(",\"BuildTime\":\"\",\"Experimental\":\"false\",\"GitCommit\":\"\",\"GoVersion\":\"\"")
        .raw(",\"KernelVersion\":")
        .string(machine.kernel())
        .raw(",\"MinAPIVersion\":")
        .string(ApiVersion.MIN.text())
        .raw(",\"Os\":\"linux\"}}],\"Version\":")
        .string(engine.version())
        .raw(",\"ApiVersion\":")
        .string(ApiVersion.MAX.text())
        .raw(",\"MinAPIVersion\":")
        .string(ApiVersion.MIN.text())
        .raw(",\"GitCommit\":\"\",\"GoVersion\":\"\",\"Os\":\"linux\",\"Arch\":")
        .string(machine.goArchitecture())
        .raw(",\"KernelVersion\":")
        .string(machine.kernel())
        .raw(",\"BuildTime\":\"\"}");
    return out.line();
  }

  /**
   * The page {@code /info}.
   *
   * @param asked the version in the path, which decides on some members
   */
  public static byte[] info(EngineView engine, ApiVersion asked, Instant now) {
    JsonWriter out = new JsonWriter(PAGE_BYTES);
    EngineView.Machine machine = engine.machine();
    out.raw("{\"ID\":").string(engine.id());
    out.raw(",\"Containers\":0,\"ContainersRunning\":0,\"ContainersPaused\":0");
    out.raw(",\"ContainersStopped\":0,\"Images\":0,\"Driver\":\"\",\"DriverStatus\":null");
    out.raw(",\"Plugins\":{\"Volume\":[],\"Network\":[],\"Authorization\":null,\"Log\":[]}");
    out.raw(",\"MemoryLimit\":false,\"SwapLimit\":false,\"CpuCfsPeriod\":false");
    out.raw(",\"CpuCfsQuota\":false,\"CPUShares\":false,\"CPUSet\":false,\"PidsLimit\":false");
    out.raw(",\"IPv4Forwarding\":true");
    if (asked.compareTo(NO_BRIDGES) < 0) {
      out.raw(",\"BridgeNfIptables\":false,\"BridgeNfIp6tables\":false");
    }
    out.raw(",\"Debug\":false,\"NFd\":0,\"OomKillDisable\":false,\"NGoroutines\":0");
    out.raw(",\"SystemTime\":").time(now);
    out.raw(",\"LoggingDriver\":\"\",\"CgroupDriver\":\"\",\"NEventsListener\":0");
    out.raw(",\"KernelVersion\":").string(machine.kernel());
    out.raw(",\"OperatingSystem\":\"Coffer\",\"OSVersion\":\"\",\"OSType\":\"linux\"");
    out.raw(",\"Architecture\":").string(machine.architecture());
    out.raw(",\"IndexServerAddress\":\"\",\"RegistryConfig\":{");
    if (asked.compareTo(NO_NONDISTRIBUTABLE) < 0) {
      out.raw("\"AllowNondistributableArtifactsCIDRs\":null,");
      out.raw("\"AllowNondistributableArtifactsHostnames\":null,");
    }
    out.raw("\"InsecureRegistryCIDRs\":[],\"IndexConfigs\":{},\"Mirrors\":[]}");
    out.raw(",\"NCPU\":").number(machine.cpus());
    out.raw(",\"MemTotal\":").number(machine.memory());
    out.raw(",\"GenericResources\":null,\"DockerRootDir\":\"\",\"HttpProxy\":\"\"");
    out.raw(",\"HttpsProxy\":\"\",\"NoProxy\":\"\",\"Name\":").string(engine.name());
    out.raw(",\"Labels\":[],\"ExperimentalBuild\":false,\"ServerVersion\":");
    out.string(engine.version());
    out.raw(",\"Runtimes\":{},\"DefaultRuntime\":\"\",\"Swarm\":");
    membership(engine, out);
    out.raw(",\"LiveRestoreEnabled\":false,\"Isolation\":\"\",\"InitBinary\":\"\"");
    String commit =
        asked.compareTo(COMMITS_ALONE) < 0 ? "\"ID\":\"\",\"Expected\":\"\"" : "\"ID\":\"\"";
    out.raw(",\"ContainerdCommit\":{" + commit + "},\"RuncCommit\":{" + commit + "}");
    out.raw(",\"InitCommit\":{" + commit + "},\"SecurityOptions\":[],\"CDISpecDirs\":[]");
    return out.raw(",\"Warnings\":null}").line();
  }

  private static void membership(EngineView engine, JsonWriter out) {
    out.raw("{\"NodeID\":").string(engine.nodeId());
    out.raw(",\"NodeAddr\":\"127.0.0.1\",\"LocalNodeState\":\"active\",\"ControlAvailable\":true");
    out.raw(",\"Error\":\"\",\"RemoteManagers\":[{\"NodeID\":").string(engine.nodeId());
    out.raw(",\"Addr\":\"127.0.0.1:2377\"}],\"Nodes\":1,\"Managers\":1,\"Cluster\":{");
    cluster(engine, out);
    out.raw("}}");
  }

  public static byte[] swarm(EngineView engine) {
    JsonWriter out = new JsonWriter(PAGE_BYTES).raw("{");
    cluster(engine, out);
    out.raw(",\"JoinTokens\":{\"Worker\":").string(engine.joinTokens().worker());
    return out.raw(",\"Manager\":").string(engine.joinTokens().manager()).raw("}}").line();
  }

  /** There is no lock on managers, so there is no key to it. */
  public static byte[] unlockKey() {
    return new JsonWriter(24).raw("{\"UnlockKey\":\"\"}").line();
  }

  private static void cluster(EngineView engine, JsonWriter out) {
    out.raw("\"ID\":").string(engine.clusterId());
    standing(engine, out);
    out.raw(",\"Spec\":{\"Name\":\"default\",\"Labels\":{},\"Orchestration\":");
    out.raw("{\"TaskHistoryRetentionLimit\":5},\"Raft\":{\"SnapshotInterval\":10000,");
    out.raw("\"KeepOldSnapshots\":0,\"LogEntriesForSlowFollowers\":500,\"ElectionTick\":10,");
    out.raw("\"HeartbeatTick\":1},\"Dispatcher\":{\"HeartbeatPeriod\":5000000000},");
    out.raw("\"CAConfig\":{\"NodeCertExpiry\":7776000000000000},\"TaskDefaults\":{},");
    out.raw("\"EncryptionConfig\":{\"AutoLockManagers\":false}},\"TLSInfo\":");
    trust(engine, out);
    out.raw(",\"RootRotationInProgress\":false,\"DefaultAddrPool\":null,\"SubnetSize\":24,");
    out.raw("\"DataPathPort\":4789");
  }

  private static void standing(EngineView engine, JsonWriter out) {
    out.raw(",\"Version\":{\"Index\":1},\"CreatedAt\":").time(engine.since());
    out.raw(",\"UpdatedAt\":").time(engine.since());
  }

  private static void trust(EngineView engine, JsonWriter out) {
    out.raw("{\"TrustRoot\":").string(engine.trust().root());
    out.raw(",\"CertIssuerSubject\":").string(engine.trust().subject());
    out.raw(",\"CertIssuerPublicKey\":").string(engine.trust().publicKey()).raw("}");
  }

  public static byte[] node(EngineView engine) {
    JsonWriter out = new JsonWriter(PAGE_BYTES);
    node(engine, out);
    return out.line();
  }

  /** The list of nodes, with the one there is or, since a filter left it out, without. */
  public static byte[] nodes(EngineView engine, boolean shown) {
    JsonWriter out = new JsonWriter(PAGE_BYTES).raw("[");
    if (shown) {
      node(engine, out);
    }
    return out.raw("]").line();
  }

  private static void node(EngineView engine, JsonWriter out) {
    out.raw("{\"ID\":").string(engine.nodeId());
    standing(engine, out);
    out.raw(",\"Spec\":{\"Labels\":{},\"Role\":\"manager\",\"Availability\":\"active\"}");
    out.raw(",\"Description\":{\"Hostname\":").string(engine.name());
    out.raw(",\"Platform\":{\"Architecture\":").string(engine.machine().architecture());
    out.raw(",\"OS\":\"linux\"},\"Resources\":{\"NanoCPUs\":");
    out.number(engine.machine().cpus() * 1_000_000_000L);
    out.raw(",\"MemoryBytes\":").number(engine.machine().memory());
    out.raw("},\"Engine\":{\"EngineVersion\":").string(engine.version());
    out.raw("},\"TLSInfo\":");
    trust(engine, out);
    out.raw("},\"Status\":{\"State\":\"ready\",\"Addr\":\"127.0.0.1\"},\"ManagerStatus\":");
    out.raw("{\"Leader\":true,\"Reachability\":\"reachable\",\"Addr\":\"127.0.0.1:2377\"}}");
  }
}
