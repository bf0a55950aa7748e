package io.edgewright.functions.pages;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewright.functions.core.Digest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

class FrameTest {
  private final String page =
      Frame.forOperators("title", Frame.Place.DEVICES).html(main -> main.tags("<h1>Hello</h1>"));

  @Test
  void thePolicyAllowsExactlyTheStyleAndTheScriptOfThePage() {
    assertThat(Frame.POLICY)
        .contains("style-src '" + source("style") + "';", "script-src '" + source("script") + "';")
        .contains("default-src 'none'", "frame-ancestors 'none'", "form-action 'self'")
        .doesNotContain("unsafe", "*");
  }

  private String source(String tag) {
    int from = page.indexOf("<" + tag + ">") + tag.length() + 2;
    String content = page.substring(from, page.indexOf("</" + tag + ">"));
    byte[] digest = Digest.of(content.getBytes(StandardCharsets.UTF_8)).bytes();
    return "sha256-" + Base64.getEncoder().encodeToString(digest);
  }

  @Test
  void saysWhereItIs() {
    assertThat(page).contains("<a href=\"/devices\" aria-current=\"page\">Devices</a>");
    assertThat(page).containsOnlyOnce("aria-current=\"page\"");
  }

  @Test
  void onlyOperatorsAreShownTheWayOut() {
    assertThat(page).contains("action=\"/logout\"");
    assertThat(Frame.forAll("t", Frame.Place.API).html(main -> {})).doesNotContain("/logout");
  }

  @Test
  void loadsItselfAgainWithoutScriptsOnlyWhileSomethingRuns() {
    Frame frame = Frame.forAll("t", Frame.Place.API);
    assertThat(frame.running(true).html(main -> {})).contains("http-equiv=\"refresh\"");
    assertThat(frame.running(false).html(main -> {})).doesNotContain("http-equiv");
  }

  @Test
  void hasNothingFromOutside() {
    for (String outside : List.of("http://", "https://", "src=", "@import", "url(")) {
      assertThat(page.replace("http://www.w3.org/2000/svg", "")).doesNotContain(outside);
    }
  }
}
