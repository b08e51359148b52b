package io.coffer.wire;

import com.google.api.AnnotationsProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.ExtensionRegistry;
import com.google.protobuf.InvalidProtocolBufferException;
import io.coffer.wire.api.OperationOuterClass;
import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Finds the .proto files that generated classes were made from: protoc puts a class beside the
 * messages of each file that remembers the whole of it.
 */
final class ProtoFiles {
  private static final ExtensionRegistry OURS = ExtensionRegistry.newInstance();

  static {
    AnnotationsProto.registerAllExtensions(OURS);
    OperationOuterClass.registerAllExtensions(OURS);
    Validation.registerAllExtensions(OURS);
  }

  private ProtoFiles() {}

  /** All files of the jar or folder that {@code anchor} comes from, below a folder in it. */
  static List<FileDescriptorProto> below(Class<?> anchor, String folder) throws Exception {
    Path source = source(anchor);
    if (Files.isDirectory(source)) {
      return read(source, folder);
    }
    try (FileSystem jar = FileSystems.newFileSystem(source)) {
      return read(jar.getPath("/"), folder);
    }
  }

  private static Path source(Class<?> anchor) throws URISyntaxException {
    return Path.of(anchor.getProtectionDomain().getCodeSource().getLocation().toURI());
  }

  private static List<FileDescriptorProto> read(Path root, String folder) throws Exception {
    List<FileDescriptorProto> files = new ArrayList<>();
    for (Class<?> type : topLevelClasses(root, folder)) {
      if (remembersAFile(type)) {
        Method descriptor = type.getMethod("getDescriptor");
        files.add(parsed((FileDescriptor) descriptor.invoke(type)));
      }
    }
    return files;
  }

  private static List<Class<?>> topLevelClasses(Path root, String folder)
      throws IOException, ClassNotFoundException {
    List<String> names;
    try (Stream<Path> paths = Files.walk(root.resolve(folder))) {
      names = paths.map(p -> root.relativize(p).toString()).filter(ProtoFiles::isTopLevel).toList();
    }
    List<Class<?>> types = new ArrayList<>();
    for (String name : names) {
      String type = name.substring(0, name.length() - ".class".length()).replace('/', '.');
      types.add(Class.forName(type, false, ProtoFiles.class.getClassLoader()));
    }
    return types;
  }

  private static boolean isTopLevel(String path) {
    return path.endsWith(".class") && !path.contains("$") && !path.endsWith("-info.class");
  }

  private static boolean remembersAFile(Class<?> type) {
    return Stream.of(type.getDeclaredMethods())
        .anyMatch(
            m -> m.getName().equals("getDescriptor") && m.getReturnType() == FileDescriptor.class);
  }

  /** Both sides declare the same options in classes of their own; read either with ours. */
  private static FileDescriptorProto parsed(FileDescriptor file)
      throws InvalidProtocolBufferException {
    return FileDescriptorProto.parseFrom(file.toProto().toByteString(), OURS);
  }
}
