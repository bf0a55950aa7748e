package io.edgewright.testing;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * Reports the tests that did not run because an assumption failed before any of them began: in a
 * {@code @BeforeAll}, a test factory, or a source of arguments. Surefire's own reports pass over
 * these in silence; the ones written here are beside them and in the same form.
 */
public final class AbortedContainers implements TestExecutionListener {
  private final Optional<Path> folder;
  private Optional<TestPlan> plan = Optional.empty();

  /** As JUnit makes it; outside of the build nobody wants reports. */
  public AbortedContainers() {
    this(Optional.ofNullable(System.getProperty("edgewright.test.reports")).map(Path::of));
  }

  /** @param folder where to write reports, if at all */
  public AbortedContainers(Optional<Path> folder) {
    this.folder = folder;
  }

  @Override
  public void testPlanExecutionStarted(TestPlan started) {
    plan = Optional.of(started);
  }

  @Override
  public void executionFinished(TestIdentifier identifier, TestExecutionResult result) {
    if (identifier.isContainer()
        && result.getStatus() == Status.ABORTED
        && folder.isPresent()
        && plan.isPresent()) {
      String reason = result.getThrowable().map(Throwable::getMessage).orElse("");
      write(folder.get(), methods(plan.get(), identifier).toList(), reason);
    }
  }

  /** The container's own method, or those of all that is in it. */
  private static Stream<MethodSource> methods(TestPlan plan, TestIdentifier container) {
    return Stream.concat(Stream.of(container), plan.getDescendants(container).stream())
        .flatMap(identifier -> identifier.getSource().stream())
        .filter(MethodSource.class::isInstance)
        .map(MethodSource.class::cast);
  }

  private static void write(Path folder, Iterable<MethodSource> methods, String reason) {
    for (MethodSource method : methods) {
      String name = method.getClassName() + "." + method.getMethodName();
      try (OutputStream out =
          Files.newOutputStream(Files.createDirectories(folder).resolve("TEST-" + name + ".xml"))) {
        XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(out);
        xml.writeStartElement("testsuite");
        xml.writeStartElement("testcase");
        xml.writeAttribute("classname", method.getClassName());
        xml.writeAttribute("name", method.getMethodName());
        xml.writeStartElement("skipped");
        xml.writeAttribute("message", reason);
        xml.writeEndDocument();
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      } catch (XMLStreamException failure) {
        throw new UncheckedIOException(new IOException(failure));
      }
    }
  }
}
