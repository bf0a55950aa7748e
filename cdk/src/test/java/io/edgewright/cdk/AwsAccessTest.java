package io.edgewright.cdk;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.profiles.ProfileFile;

class AwsAccessTest {
  private static final String CONFIGURATION =
      """
      [profile staff]
      sso_session = company
      sso_account_id = 123456789012
      sso_role_name = deployer
      [sso-session company]
      sso_region = eu-west-1
      sso_start_url = https://nobody.example/start
      """;

  /// The SDK looks for what it needs by name; without it nobody could log in as the refusal says.
  @Test
  void profilesOfSingleSignOnAreUnderstood() {
    ProfileFile file =
        ProfileFile.builder()
            .content(new ByteArrayInputStream(CONFIGURATION.getBytes(StandardCharsets.UTF_8)))
            .type(ProfileFile.Type.CONFIGURATION)
            .build();
    assertThatThrownBy(
            () -> {
              try (var provider =
                  ProfileCredentialsProvider.builder()
                      .profileFile(file)
                      .profileName("staff")
                      .build()) {
                provider.resolveCredentials();
              }
            })
        .hasMessageNotContaining("class path")
        .hasStackTraceContaining("oken");
  }
}
