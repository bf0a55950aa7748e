package io.edgewright.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.edgewright.device.errors.DeviceErrorCode;
import io.edgewright.device.errors.DeviceException;
import io.edgewright.device.provocation.BundleAttacks;
import io.edgewright.device.provocation.HomeFaults;
import io.edgewright.device.provocation.MetadataAttacks;
import io.edgewright.device.provocation.RunFaults;
import io.edgewright.device.provocation.ServiceFaults;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every code can really happen, and has a page. */
@Tag("slow")
class DeviceErrorCodeTest {
  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource
  void canBeProvoked(DeviceErrorCode code) {
    assertThatExceptionOfType(DeviceException.class)
        .isThrownBy(provocation(code))
        .satisfies(exception -> assertThat(exception.code()).isEqualTo(code))
        .satisfies(exception -> assertThat(exception.getMessage()).startsWith(code.id() + " "));
  }

  @ParameterizedTest
  @EnumSource
  void hasAPage(DeviceErrorCode code) throws IOException {
    Path project = Path.of(System.getProperty("edgewright.project", ".."));

    assertThat(Files.readString(project.resolve("docs/errors/" + code.id() + ".md")))
        .startsWith("# " + code.id() + ": ")
        .contains("    " + code.id() + " ")
        .contains("## What to do");
  }

  @Test
  void noIdIsUsedTwice() {
    Set<String> ids = new HashSet<>();
    for (DeviceErrorCode code : DeviceErrorCode.values()) {
      assertThat(ids.add(code.id())).as(code.name()).isTrue();
    }
  }

  private ThrowingCallable provocation(DeviceErrorCode code) {
    HomeFaults home = new HomeFaults(folder);
    MetadataAttacks metadata = new MetadataAttacks();
    BundleAttacks bundle = new BundleAttacks();
    ServiceFaults service = new ServiceFaults(folder);
    RunFaults run = new RunFaults(folder);
    CommandFaults command = new CommandFaults(folder);
    return switch (code) {
      case USAGE -> command::giveAnUnknownOption;
      case NOT_ENROLLED -> command::syncWithoutEnrolment;
      case INSECURE_ADDRESS -> service::answerInTheClear;
      case ALREADY_ENROLLED -> service::enrolTwice;
      case CLAIM_REFUSED -> service::refuseTheClaim;
      case DEVICE_REFUSED -> service::replaceTheKey;
      case SERVICE_UNREACHABLE -> service::goAway;
      case REQUEST_REFUSED -> service::answerElsewhere;
      case ANSWER_MALFORMED -> service::answerNonsense;
      case HOME_BUSY -> home::syncTwiceAtOnce;
      case HOME_UNUSABLE -> home::useAFileAsFolder;
      case HOME_DAMAGED -> home::damageTheKey;
      case METADATA_MALFORMED -> metadata::sendHalfARoot;
      case METADATA_UNSIGNED -> metadata::signWithNoKey;
      case METADATA_ROLLBACK -> metadata::sendTheSameRootAgain;
      case METADATA_EXPIRED -> metadata::freezeTheTimestamp;
      case METADATA_MISMATCH -> metadata::sendAnotherSnapshot;
      case METADATA_TOO_LARGE -> metadata::sendEndlessData;
      case TARGET_UNTRUSTED -> metadata::signForAnotherGroup;
      case BUNDLE_GONE -> service::loseTheBundle;
      case DOWNLOAD_CONTRADICTORY -> service::redirectTheDownload;
      case BUNDLE_ALTERED -> bundle::flipABit;
      case DOWNLOAD_INTERRUPTED -> service::failTheDownload;
      case SPACE_SHORT -> home::fillTheDisk;
      case BYTES_EXHAUSTED -> service::cutTheDownloadForEver;
      case ADDRESS_REFUSED -> service::refuseEveryAddress;
      case DAY_BYTES_SPENT -> service::allowNoBytes;
      case ARCHIVE_MALFORMED -> bundle::appendAByte;
      case ENTRIES_MISMATCH -> bundle::addAFile;
      case ENTRY_ALTERED -> bundle::exchangeAFile;
      case BUNDLE_MALFORMED -> bundle::useALaterFormat;
      case FEATURE_MISSING -> bundle::needAnotherProcessor;
      case SELF_TEST_FAILED -> service::deployAModelThatComputesWrong;
      case SELF_TEST_HUNG -> service::deployAModelThatHangs;
      case BUNDLE_REFUSED_BEFORE -> service::deployTheSameBrokenModelAgain;
      case NOTHING_INSTALLED -> run::runNothing;
      case MODEL_CRASHED -> run::crash;
      case MODEL_HUNG -> run::hang;
      case MODEL_OUTPUT_MALFORMED -> run::babble;
      case FRAME_UNREADABLE -> run::showABrokenPicture;
      case FRAME_TOO_LARGE -> run::showAHugePicture;
      case INPUT_UNSUITABLE -> run::showAPictureToAModelOfTensors;
      case INPUT_MISSING -> run::showNothing;
      case FRAME_COMMAND_FAILED -> run::captureNothing;
      case INSTALLED_BUNDLE_DAMAGED -> home::damageTheInstalledBundle;
      case MODEL_RESTLESS -> run::spin;
      case INTERNAL -> command::breakTheProgram;
    };
  }
}
