package io.edgewright.cdk;

import io.edgewright.cdk.FakeAws.Reply;
import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// Buckets of S3 that keep versions without content.
final class FakeS3 {
  /// Small, so that there are many.
  private static final int PAGE = 3;

  private static final Pattern OBJECT =
      Pattern.compile("<Object><Key>(.*?)</Key><VersionId>(\\d+)</VersionId></Object>");

  private static final Comparator<Version> ORDER =
      Comparator.comparing(Version::key).thenComparing(Version::number, Comparator.reverseOrder());

  /// @param isMarker whether it says that the object was deleted
  private record Version(String key, int number, boolean isMarker) {
    String xml() {
      String element = isMarker ? "DeleteMarker" : "Version";
      return "<%s><Key>%s</Key><VersionId>%d</VersionId></%s>"
          .formatted(element, key, number, element);
    }
  }

  private final Map<String, List<Version>> buckets = new TreeMap<>();
  private final Set<String> kept = new HashSet<>();
  private final Map<String, Integer> lateComers = new HashMap<>();
  private final List<Integer> deletedAtOnce = new ArrayList<>();
  private int writes;

  /// Objects of this name cannot be deleted.
  void keep(String key) {
    kept.add(key);
  }

  void letGo() {
    kept.clear();
  }

  /// An object comes into the bucket whenever somebody wants to delete it, so many times.
  void writeLate(String bucket, int times) {
    lateComers.put(bucket, times);
  }

  /// How many versions each call deleted.
  List<Integer> deletedAtOnce() {
    return deletedAtOnce;
  }

  Reply answer(String method, URI address, String body) {
    String[] parts = address.getPath().substring(1).split("/", 2);
    String bucket = parts[0];
    Map<String, String> query = query(address);
    if (bucket.isEmpty()) {
      return list(query.getOrDefault("prefix", ""));
    }
    if (parts.length > 1 && !parts[1].isEmpty()) {
      bucket(bucket).add(new Version(parts[1], ++writes, method.equals("DELETE")));
      return new Reply(method.equals("DELETE") ? 204 : 200, "");
    }
    return switch (method) {
      case "PUT" -> {
        buckets.putIfAbsent(bucket, new ArrayList<>());
        yield Reply.ok("");
      }
      case "GET" -> versions(bucket, query);
      case "POST" -> delete(bucket, body);
      default -> deleteBucket(bucket);
    };
  }

  private List<Version> bucket(String name) {
    return Objects.requireNonNull(buckets.get(name), name);
  }

  private static Map<String, String> query(URI address) {
    Map<String, String> query = new HashMap<>();
    String text = address.getQuery() == null ? "" : address.getQuery();
    for (String pair : text.split("&", -1)) {
      String[] parts = pair.split("=", 2);
      query.put(parts[0], parts.length > 1 ? parts[1] : "");
    }
    return query;
  }

  private Reply list(String prefix) {
    StringBuilder xml = new StringBuilder("<ListAllMyBucketsResult><Buckets>");
    buckets.keySet().stream()
        .filter(name -> name.startsWith(prefix))
        .forEach(name -> xml.append("<Bucket><Name>" + name + "</Name></Bucket>"));
    return Reply.ok(xml + "</Buckets></ListAllMyBucketsResult>");
  }

  private Reply versions(String bucket, Map<String, String> query) {
    Version after =
        new Version(
            query.getOrDefault("key-marker", ""),
            Integer.parseInt(query.getOrDefault("version-id-marker", "0")),
            false);
    List<Version> rest =
        bucket(bucket).stream()
            .sorted(ORDER)
            .filter(version -> ORDER.compare(version, after) > 0)
            .toList();
    StringBuilder xml = new StringBuilder("<ListVersionsResult>");
    rest.stream().limit(PAGE).forEach(version -> xml.append(version.xml()));
    if (rest.size() > PAGE) {
      Version last = rest.get(PAGE - 1);
      xml.append("<IsTruncated>true</IsTruncated><NextKeyMarker>" + last.key());
      xml.append("</NextKeyMarker><NextVersionIdMarker>" + last.number());
      xml.append("</NextVersionIdMarker>");
    }
    return Reply.ok(xml + "</ListVersionsResult>");
  }

  private Reply delete(String bucket, String body) {
    StringBuilder xml = new StringBuilder("<DeleteResult>");
    var objects = OBJECT.matcher(body);
    int count = 0;
    while (objects.find()) {
      String key = objects.group(1);
      int number = Integer.parseInt(objects.group(2));
      count++;
      if (kept.contains(key)) {
        xml.append("<Error><Key>" + key + "</Key><Code>AccessDenied</Code>");
        xml.append("<Message>Access Denied</Message></Error>");
      } else {
        bucket(bucket).removeIf(one -> one.key().equals(key) && one.number() == number);
      }
    }
    deletedAtOnce.add(count);
    return Reply.ok(xml + "</DeleteResult>");
  }

  private Reply deleteBucket(String bucket) {
    if (lateComers.merge(bucket, -1, Integer::sum) >= 0) {
      bucket(bucket).add(new Version("late", ++writes, false));
    }
    if (!bucket(bucket).isEmpty()) {
      return new Reply(
          409, "<Error><Code>BucketNotEmpty</Code><Message>not empty</Message></Error>");
    }
    buckets.remove(bucket);
    return new Reply(204, "");
  }
}
