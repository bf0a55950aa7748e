package io.edgewright.tally;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import io.edgewright.tally.SourceFile.Method;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/// Measures the project's Java sources with the JDK's own parser.
final class SourceTree {
  private SourceTree() {}

  static List<SourceFile> read(Path project, List<String> modules) {
    var measured = new ArrayList<SourceFile>();
    for (String module : modules) {
      List<Path> files = javaFiles(project.resolve(module).resolve("src"));
      if (!files.isEmpty()) {
        measured.addAll(measure(project, module, files));
      }
    }
    return measured;
  }

  private static List<Path> javaFiles(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".java")).sorted().toList();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static List<SourceFile> measure(Path project, String module, List<Path> files) {
    var compiler = ToolProvider.getSystemJavaCompiler();
    try (var fileManager = compiler.getStandardFileManager(null, null, null)) {
      var sources = fileManager.getJavaFileObjectsFromPaths(files);
      var task = (JavacTask) compiler.getTask(null, fileManager, _ -> {}, null, null, sources);
      SourcePositions positions = Trees.instance(task).getSourcePositions();
      var measured = new ArrayList<SourceFile>();
      for (CompilationUnitTree unit : task.parse()) {
        Path file = project.relativize(Path.of(unit.getSourceFile().toUri()));
        boolean isTest = !file.startsWith(Path.of(module, "src", "main"));
        int lines = lineCount(project.resolve(file));
        measured.add(new SourceFile(module, isTest, file, lines, methods(unit, positions)));
      }
      return measured;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static int lineCount(Path file) throws IOException {
    try (Stream<String> lines = Files.lines(file)) {
      return (int) lines.count();
    }
  }

  private static List<Method> methods(CompilationUnitTree unit, SourcePositions positions) {
    var methods = new ArrayList<Method>();
    var scanner =
        new TreeScanner<Void, Object>() {
          @Override
          public Void visitMethod(MethodTree method, Object unused) {
            if (method.getBody() != null) {
              methods.add(measure(unit, positions, method));
            }
            return super.visitMethod(method, unused);
          }
        };
    scanner.scan(unit, unit);
    return methods;
  }

  private static Method measure(
      CompilationUnitTree unit, SourcePositions positions, MethodTree method) {
    var map = unit.getLineMap();
    long first = map.getLineNumber(positions.getStartPosition(unit, method));
    long last = map.getLineNumber(positions.getEndPosition(unit, method));
    String name = method.getName().toString();
    // A record's constructor lists its components: data, not a call that is hard to read.
    int parameters = name.equals("<init>") ? 0 : method.getParameters().size();
    return new Method(name, (int) first, (int) (last - first + 1), parameters);
  }
}
