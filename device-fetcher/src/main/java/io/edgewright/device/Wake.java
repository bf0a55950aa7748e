package io.edgewright.device;

import io.edgewright.device.bundle.BundleManifest;
import io.edgewright.device.bundle.ResultPolicy;
import io.edgewright.device.errors.DeviceErrorCode;
import io.edgewright.device.errors.DeviceException;
import io.edgewright.device.frugal.RunDiary;
import io.edgewright.device.frugal.TrafficDiary;
import io.edgewright.device.results.ResultUpload;
import io.edgewright.device.store.BundleShelf;
import io.edgewright.device.store.Store;
import io.edgewright.device.update.Reports;
import io.edgewright.device.update.SyncResult;
import io.edgewright.device.update.Updater;
import java.time.Duration;

/** Everything that is done while the radio is up: ask, fetch, report, hand in results. */
record Wake(
    Store store, Updater updater, ResultUpload results, TrafficDiary traffic, Console console) {

  /** A problem of the update does not keep the results from being sent, and the other way round. */
  SyncResult sync() {
    try {
      reportHealth();
      SyncResult result = updater.sync();
      sendResults();
      return result;
    } catch (DeviceException exception) {
      if (exception.code() != DeviceErrorCode.SERVICE_UNREACHABLE
          && exception.code() != DeviceErrorCode.HOME_BUSY) {
        sendResults();
      }
      throw exception;
    } finally {
      traffic.save();
    }
  }

  private void reportHealth() {
    if (traffic.claimHealthOfToday()) {
      new Reports(store)
          .health(
              RunDiary.read(store.disk(), store.home().runDiary()),
              traffic.fields(),
              console.clock().instant());
    }
  }

  private void sendResults() {
    try {
      int sent = store.whileSyncing(Duration.ZERO, () -> results.send(policy()));
      if (sent > 0) {
        console.say("handed in " + sent + " records of results");
      }
    } catch (DeviceException exception) {
      console.say(exception.problem().sentence());
    }
  }

  /** Of the active bundle; results of an earlier one are sent even where it has none. */
  private ResultPolicy policy() {
    return store
        .slots()
        .active()
        .flatMap(new BundleShelf(store.disk(), store.home())::manifest)
        .map(BundleManifest::run)
        .flatMap(run -> run.results())
        .orElse(ResultPolicy.EVERYTHING);
  }
}
