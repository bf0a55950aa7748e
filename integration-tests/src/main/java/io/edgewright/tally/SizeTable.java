package io.edgewright.tally;

import io.edgewright.tally.SourceFile.Method;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/// The sources that are over their budgets: 300 lines a file, 30 lines and 5 parameters a method.
///
/// Over a budget is a line to think about; over a hard limit (500, 60) is a failed test. A method
/// of a test may be one long table of cases.
record SizeTable(List<SourceFile> files) {
  static final int FILE_BUDGET = 300;
  static final int FILE_LIMIT = 500;
  static final int METHOD_BUDGET = 30;
  static final int METHOD_LIMIT = 60;
  static final int PARAMETER_BUDGET = 5;

  int lines(String module, boolean isTest) {
    return files.stream()
        .filter(file -> file.module().equals(module) && file.isTest() == isTest)
        .mapToInt(SourceFile::lines)
        .sum();
  }

  void print(PrintStream out) {
    List<String> over = overBudget();
    out.printf(
        "%nover budget (file %d lines, method %d lines, %d parameters): %d%n",
        FILE_BUDGET, METHOD_BUDGET, PARAMETER_BUDGET, over.size());
    over.forEach(line -> out.println("  " + line));
  }

  private List<String> overBudget() {
    var over = new ArrayList<String>();
    for (SourceFile file : files) {
      if (file.lines() > FILE_BUDGET) {
        over.add("%4d lines  %s".formatted(file.lines(), file.path()));
      }
      for (Method method : file.methods()) {
        if (method.lines() > METHOD_BUDGET) {
          over.add("%4d lines  %s".formatted(method.lines(), place(file, method)));
        }
        if (method.parameters() > PARAMETER_BUDGET) {
          over.add("%4d parameters  %s".formatted(method.parameters(), place(file, method)));
        }
      }
    }
    return over;
  }

  /// Every file and method over its hard limit, one a line.
  List<String> overLimit() {
    var over = new ArrayList<String>();
    for (SourceFile file : files) {
      if (file.lines() > FILE_LIMIT) {
        over.add(file.path() + " has " + file.lines() + " lines");
      }
      for (Method method : file.methods()) {
        if (method.lines() > METHOD_LIMIT && !file.isTest()) {
          over.add(place(file, method) + " has " + method.lines() + " lines");
        }
      }
    }
    return over;
  }

  private static String place(SourceFile file, Method method) {
    return file.path() + ":" + method.line() + " " + method.name();
  }
}
