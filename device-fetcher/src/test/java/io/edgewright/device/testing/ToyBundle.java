package io.edgewright.device.testing;

import io.edgewright.device.json.JsonText;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.CRC32;

/** Builds bundles around a shell script in place of a compiled model. */
public final class ToyBundle {
  /** Reads image frames and answers each with its size and a checksum of its pixels. */
  public static final String MODEL =
      """
      #!/bin/sh
      if [ "$1" = --self-test ]; then
        echo '{"ok":true,"maximumError":0.00001,"latencyMicros":42}'
        exit 0
      fi
      frame=0
      while :; do
        set -- $(head -c 16 | od -An -tu4 -v)
        [ $# -eq 4 ] || exit 0
        sum=$(head -c $(($2 * $3 * $4)) | cksum | cut -d' ' -f1)
        echo "{\\"frame\\":$frame,\\"latencyMicros\\":7,\\"outputs\\":{\\"size\\":[$2,$3,$4],\\"sum\\":$sum}}"
        frame=$((frame + 1))
      done
      """;

  /** Answers one frame and spins for ever after. */
  public static final String RESTLESS =
      MODEL.replace("frame=$((frame + 1))", "while :; do :; done");

  public final Map<String, byte[]> files = new LinkedHashMap<>();
  public final Map<String, Object> manifest = new LinkedHashMap<>();
  public List<String> features = List.of();
  public int alignment = 4096;

  private ToyBundle(String model, String name) {
    files.put("model", model.getBytes(StandardCharsets.UTF_8));
    files.put("weights.bin", new byte[3000]);
    files.put("golden/input.bin", new byte[] {1, 2, 3});
    files.put("golden/output.bin", new byte[] {4, 5, 6});
    manifest.put("format", 1);
    manifest.put("name", name);
    manifest.put(
        "inputs",
        List.of(
            JsonText.parse(
                    """
                    {"name":"images","kind":"image","type":"uint8","shape":[null,null,3],"color":"rgb"}
                    """
                        .getBytes(StandardCharsets.UTF_8),
                    "input")
                .value()));
  }

  public static ToyBundle named(String name) {
    return new ToyBundle(MODEL, name);
  }

  public static ToyBundle running(String model) {
    return new ToyBundle(model, "toy");
  }

  /** Adds weights that do not compress or repeat. */
  public ToyBundle weighing(int bytes, long seed) {
    byte[] weights = new byte[bytes];
    new Random(seed).nextBytes(weights);
    files.put("weights.bin", weights);
    return this;
  }

  public byte[] zip() {
    Map<String, byte[]> all = new LinkedHashMap<>();
    all.put("bundle.json", JsonText.bytes(completeManifest()));
    all.putAll(files);
    return zip(all);
  }

  /** The manifest with target and entries as they are now. */
  public Map<String, Object> completeManifest() {
    Map<String, Object> complete = new LinkedHashMap<>(manifest);
    Map<String, Object> target = new LinkedHashMap<>();
    target.put("id", "toy-target");
    target.put("features", features);
    complete.putIfAbsent("target", target);
    List<Object> entries = new ArrayList<>();
    files.forEach((path, bytes) -> entries.add(entry(path, bytes)));
    complete.putIfAbsent("entries", entries);
    return complete;
  }

  /** In an order of its own, so that the same bundle has the same bytes in every run. */
  private static Map<String, Object> entry(String path, byte[] bytes) {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("path", path);
    entry.put("bytes", bytes.length);
    entry.put("sha256", SigningKey.sha256(bytes));
    entry.put("executable", path.equals("model"));
    return entry;
  }

  /** A zip of stored entries, each starting at a multiple of the alignment. */
  public byte[] zip(Map<String, byte[]> entries) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream directory = new ByteArrayOutputStream();
    entries.forEach((path, bytes) -> {
      byte[] name = path.getBytes(StandardCharsets.UTF_8);
      int start = out.size();
      int padding = Math.floorMod(-(start + 30 + name.length), alignment);
      byte[] common = common(bytes, name.length);
      append(out, record(0x04034b50, common, 30).putShort(28, (short) padding));
      out.writeBytes(name);
      out.writeBytes(new byte[padding]);
      out.writeBytes(bytes);
      ByteBuffer central = record(0x02014b50, new byte[0], 46).putShort(4, (short) 20);
      append(directory, central.put(6, common).putInt(42, start));
      directory.writeBytes(name);
    });
    ByteBuffer end = record(0x06054b50, new byte[0], 22);
    end.putShort(8, (short) entries.size()).putShort(10, (short) entries.size());
    end.putInt(12, directory.size()).putInt(16, out.size());
    out.writeBytes(directory.toByteArray());
    append(out, end);
    return out.toByteArray();
  }

  private static byte[] common(byte[] bytes, int nameBytes) {
    CRC32 crc = new CRC32();
    crc.update(bytes);
    ByteBuffer common = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);
    common.putShort(0, (short) 10).putInt(10, (int) crc.getValue());
    common.putInt(14, bytes.length).putInt(18, bytes.length).putShort(22, (short) nameBytes);
    return common.array();
  }

  private static ByteBuffer record(int signature, byte[] common, int size) {
    ByteBuffer record = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    return record.putInt(0, signature).put(4, common);
  }

  private static void append(ByteArrayOutputStream out, ByteBuffer record) {
    byte[] bytes = new byte[record.capacity()];
    record.get(0, bytes);
    out.writeBytes(bytes);
  }
}
