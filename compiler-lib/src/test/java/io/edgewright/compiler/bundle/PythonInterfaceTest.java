package io.edgewright.compiler.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewright.compiler.codegen.NativeProgram;
import io.edgewright.testing.InstalledTool;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// `model.py` in an unpacked bundle.
@Tag("slow")
class PythonInterfaceTest {
  @TempDir static Path folder;
  private static Path python = Path.of("none");
  private static TestBundle line = new TestBundle(python, List.of());

  @BeforeAll
  static void findPython() {
    python = InstalledTool.pythonWithNumpy();
    line = TestBundle.unpack(TinyPrograms.line(4), folder.resolve("line"));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5})
  void runsWithAnyNumberOfThreads(int threads) {
    String script =
        """
        m = model.load(threads=%d)
        x = numpy.arange(4, dtype=numpy.float32)
        for i in range(2000):
            y = m.run({"x": x + i})["y"]
            assert (y == 2 * (x + i) + 1).all(), y
        print(y.dtype, y.shape)
        """
            .formatted(threads);
    assertThat(run(line, script)).isEqualTo("float32 (4,)\n");
  }

  @Test
  void listsInputsAndOutputs() {
    String script =
        """
        m = model.load()
        p, f = m.inputs[0], m.outputs[0]
        print(m.name, p.name, p.dtype, p.shape, p.kind)
        print(f.name, f.dtype, f.shape, f.kind, f.labels[0])
        """;
    assertThat(run(TinyPrograms.brightChannels(), script))
        .isEqualTo(
            """
            bright picture uint8 (None, None, 3) image
            found float32 (None, 6) detections red "light"
            """);
  }

  @Test
  void takesPicturesAndGivesDetections() {
    String script =
        """
        picture = numpy.zeros((4, 6, 3), numpy.uint8)
        picture[:, :, 1] = 51
        m = model.load(threads=2)
        print(m.run({"picture": picture})["found"].tolist())
        print(m.run({"picture": numpy.zeros((1, 1, 3), numpy.uint8)})["found"].shape)
        print(m.run({"picture": picture[::2, ::-1]})["found"].shape)
        """;
    assertThat(run(TinyPrograms.brightChannels(), script))
        .isEqualTo("[[0.0, 0.0, 6.0, 4.0, 0.20000000298023224, 1.0]]\n(0, 6)\n(1, 6)\n");
  }

  @Test
  void saysWhichInputIsWrongAndWhatIsExpected() {
    String script =
        """
        x = numpy.zeros(4, numpy.float32)
        m = model.load()
        for wrong in {}, {"x": x, "z": x}, {"x": x.astype("float64")}, {"x": x[:3]}, {
                "x": x.reshape(2, 2)}, {"x": "text"}:
            try:
                m.run(wrong)
            except ValueError as e:
                print(e)
        """;
    assertThat(run(line, script))
        .isEqualTo(
            """
            missing input 'x'; expected 'x': float32 [4]
            unknown input 'z'; expected 'x': float32 [4]
            input 'x' is float64 [4], expected float32 [4]
            input 'x' is float32 [3], expected float32 [4]
            input 'x' is float32 [2, 2], expected float32 [4]
            input 'x' is <U4 [], expected float32 [4]
            """);
  }

  @Test
  void saysTheLimitsOfPictures() {
    String script =
        """
        try:
            model.load().run({"picture": numpy.zeros((0, 4097, 3), numpy.uint8)})
        except ValueError as e:
            print(e)
        """;
    assertThat(run(TinyPrograms.brightChannels(), script))
        .isEqualTo(
            "input 'picture' is uint8 [0, 4097, 3], expected uint8 [any, any, 3], "
                + "sides from 1 to 4096\n");
  }

  @Test
  void passesEveryElementTypeThrough() {
    String script =
        """
        m = model.load()
        numbers = {p.name: numpy.array([0, 1, 100]).astype(p.dtype) for p in m.inputs}
        results = m.run(numbers)
        for p in m.outputs:
            x, y = numbers[p.name.replace("out_", "in_")], results[p.name]
            assert (x == y).all() and x.dtype == y.dtype == numpy.dtype(p.name[4:]), (x, y)
        print(len(results))
        """;
    assertThat(run(TinyPrograms.everyType(), script)).isEqualTo("12\n");
  }

  @Test
  void takesDynamicShapes() {
    String script =
        """
        m = model.load()
        print(m.inputs[0].shape, m.inputs[0].maximum)
        print(m.run({"x": numpy.ones((3, 2), numpy.float32)})["y"].shape)
        for rows in 0, 11:
            try:
                m.run({"x": numpy.ones((rows, 2), numpy.float32)})
            except ValueError as e:
                print(e)
        """;
    assertThat(run(TinyPrograms.dynamicRows(), script))
        .isEqualTo(
            """
            (None, 2) (10, 2)
            (3, 2)
            input 'x' is float32 [0, 2], expected float32 [1 to 10, 2]
            input 'x' is float32 [11, 2], expected float32 [1 to 10, 2]
            """);
  }

  @Test
  void stopsItsThreadsWithTheModel() {
    String script =
        """
        import gc, threading, time
        before = threading.active_count()
        m = model.load(threads=4)
        assert threading.active_count() == before + 3
        del m
        gc.collect()
        for _ in range(100):
            if threading.active_count() == before: break
            time.sleep(0.02)
        print(threading.active_count() - before)
        """;
    assertThat(run(line, script)).isEqualTo("0\n");
  }

  @Test
  void refusesOtherWeightsAndForeignProcessors() {
    TestBundle bundle = TestBundle.unpack(TinyPrograms.line(4), folder.resolve("other"));
    bundle.overwrite("weights.bin", new byte[72]);
    String script =
        """
        import json
        try:
            model.load().run({"x": numpy.zeros(4, numpy.float32)})
        except RuntimeError as e:
            print(e)
        bundle = json.load(open("bundle.json"))
        bundle["target"]["features"].append("warp_drive")
        json.dump(bundle, open("bundle.json", "w"))
        try:
            model.load()
        except RuntimeError as e:
            print(e)
        """;
    assertThat(run(bundle, script))
        .isEqualTo(
            """
            weights.bin is not the one that libmodel.so was compiled with
            this processor lacks warp_drive, which the network was compiled for
            """);
  }

  @Test
  void readsTheFeaturesOfEveryArchitecture() {
    String script =
        """
        def missing(triple, features, line):
            return model._missing_features(
                {"triple": triple, "features": features.split()}, ["processor : 0", line])
        print(missing("arm-linux-gnueabihf", "neon vfpv4", "Features : half neon"))
        print(missing("arm-linux-gnueabihf", "neon vfpv4", "Features : fp asimd"))
        print(missing("aarch64-linux-gnu", "asimd asimddp", "Features\t: fp asimd"))
        print(missing("riscv64-linux-gnu", "i m v zba", "isa\t\t: rv64imafdcv_zba_zbb"))
        print(missing("riscv64-linux-gnu", "i v", "isa : rv64imafdc_zicsr_zvl128b"))
        print(missing("x86_64-linux-gnu", "avx2", "nothing : known"))
        """;
    assertThat(run(line, script)).isEqualTo("['vfpv4']\n[]\n['asimddp']\n[]\n['v']\n[]\n");
  }

  private String run(NativeProgram program, String script) {
    return run(TestBundle.unpack(program, folder.resolve(program.name())), script);
  }

  private String run(TestBundle bundle, String script) {
    TestBundle.Answer answer =
        bundle.execute(
            new byte[0], List.of(python.toString(), "-B", "-c", "import model, numpy\n" + script));
    assertThat(answer.complaint()).isEmpty();
    return answer.text();
  }
}
