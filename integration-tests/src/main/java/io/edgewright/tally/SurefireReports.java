package io.edgewright.tally;

import io.edgewright.tally.TestCase.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/// Reads the XML that Maven Surefire leaves of a module's tests.
final class SurefireReports {
  private SurefireReports() {}

  /// The tests of one module, in the order of the reports' names; none where no test ran.
  static List<TestCase> read(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    var cases = new ArrayList<TestCase>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(SurefireReports::isReport).sorted().toList()) {
        cases.addAll(readReport(file));
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    return cases;
  }

  private static boolean isReport(Path file) {
    String name = file.getFileName().toString();
    return name.startsWith("TEST-") && name.endsWith(".xml");
  }

  private static List<TestCase> readReport(Path file) throws IOException {
    NodeList elements = parse(file).getElementsByTagName("testcase");
    var cases = new ArrayList<TestCase>();
    for (int i = 0; i < elements.getLength(); i++) {
      cases.add(testCase((Element) elements.item(i)));
    }
    return cases;
  }

  private static Element parse(Path file) throws IOException {
    try {
      var factory = DocumentBuilderFactory.newInstance();
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      return factory.newDocumentBuilder().parse(file.toFile()).getDocumentElement();
    } catch (SAXException | ParserConfigurationException failure) {
      throw new IOException("cannot read the test report " + file, failure);
    }
  }

  private static TestCase testCase(Element element) {
    String method = element.getAttribute("name");
    String owner = element.getAttribute("classname");
    String name = owner.substring(owner.lastIndexOf('.') + 1);
    name = method.isEmpty() ? name : name + "." + method;
    String time = element.getAttribute("time").replace(",", "");
    double seconds = time.isEmpty() ? 0 : Double.parseDouble(time);
    for (String tag : List.of("failure", "error", "skipped")) {
      if (element.getElementsByTagName(tag).item(0) instanceof Element found) {
        Outcome outcome = tag.equals("skipped") ? Outcome.SKIPPED : Outcome.FAILED;
        return new TestCase(name, outcome, reason(found), seconds);
      }
    }
    return new TestCase(name, Outcome.PASSED, "", seconds);
  }

  private static String reason(Element element) {
    String message = element.getAttribute("message");
    String text = message.isBlank() ? element.getTextContent() : message;
    String firstLine = text.strip().lines().findFirst().orElse("no reason given");
    return firstLine
        .replace("org.opentest4j.TestAbortedException: ", "")
        .replace("Assumption failed: ", "");
  }
}
