package io.edgewright.compiler.schedule;

import io.edgewright.compiler.graph.Op;
import io.edgewright.compiler.graph.Op.CoordinateMode;
import io.edgewright.compiler.graph.Op.NearestMode;
import io.edgewright.compiler.graph.Op.ResizeMode;
import io.edgewright.compiler.tensor.ElementType;
import io.edgewright.compiler.tensor.Shape;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("slow")
class ResizeLoweringTest {
  @ParameterizedTest
  @EnumSource(CoordinateMode.class)
  void matchesTheReferenceForEveryMode(CoordinateMode coordinates) {
    LoweringCases cases = new LoweringCases();
    for (NearestMode nearest : NearestMode.values()) {
      cases.add(
          resize(ResizeMode.NEAREST, coordinates, nearest, 2, 19, 7, 15),
          cases.floats(2, 19, 5, 6));
    }
    for (ResizeMode mode : ResizeMode.values()) {
      NearestMode nearest = NearestMode.FLOOR;
      cases.add(resize(mode, coordinates, nearest, 1, 19, 10, 12), cases.floats(1, 19, 5, 6));
      cases.add(resize(mode, coordinates, nearest, 1, 3, 4, 1), cases.floats(1, 3, 7, 5));
      cases.add(resize(mode, coordinates, nearest, 13), cases.floats(4));
      cases.add(resize(mode, coordinates, nearest, 1, 2, 3, 4, 5), cases.floats(1, 2, 2, 2, 2));
    }
    cases.matchTheReference("x86-64-v3", 1e-5);
  }

  @Test
  void matchesTheReferenceForOtherTypes() {
    LoweringCases cases = new LoweringCases();
    for (ElementType element : List.of(ElementType.UINT8, ElementType.INT32, ElementType.FLOAT64)) {
      Op nearest =
          resize(ResizeMode.NEAREST, CoordinateMode.ASYMMETRIC, NearestMode.CEIL, 1, 2, 6, 8);
      cases.add(nearest, cases.random(element, 1, 2, 3, 4));
    }
    Op linear = resize(ResizeMode.LINEAR, CoordinateMode.HALF_PIXEL, NearestMode.FLOOR, 1, 2, 5, 7);
    cases.add(linear, cases.random(ElementType.FLOAT64, 1, 2, 3, 4));
    cases.matchTheReference("x86-64-v3", 1e-12);
  }

  /// Scales as the quotient of the extents.
  private static Op resize(
      ResizeMode mode, CoordinateMode coordinates, NearestMode nearest, long... extents) {
    List<Double> scales =
        switch (extents.length) {
          case 1 -> List.of(13 / 4.0);
          case 5 -> List.of(1.0, 1.0, 1.5, 2.0, 2.5);
          default ->
              switch ((int) extents[3]) {
                case 15 -> List.of(1.0, 1.0, 7 / 5.0, 15 / 6.0);
                case 12 -> List.of(1.0, 1.0, 2.0, 2.0);
                case 1 -> List.of(1.0, 1.0, 4 / 7.0, 1 / 5.0);
                case 8 -> List.of(1.0, 1.0, 2.0, 2.0);
                default -> List.of(1.0, 1.0, 5 / 3.0, 7 / 4.0);
              };
        };
    return new Op.Resize(Shape.of(extents), scales, mode, coordinates, nearest);
  }
}
