package io.edgewright.functions.core;

import io.edgewright.compiler.diagnostics.Blame;
import java.util.Arrays;
import java.util.Optional;

/// Stable names of everything the service itself can complain of (the compiler's codes are in
/// `ErrorCode`). An id is never used again for something else. Each has a page in `docs/errors/`
/// and a test that provokes it.
public enum ServiceErrorCode {
  ROUTE_UNKNOWN("EW-4001", Blame.CALLER, 404, "no such address"),
  METHOD_WRONG("EW-4002", Blame.CALLER, 405, "method not allowed here"),
  MEDIA_TYPE_WRONG("EW-4003", Blame.CALLER, 415, "unsupported media type"),
  BODY_TOO_LARGE("EW-4004", Blame.LIMIT, 413, "request body too large"),
  BODY_UNREADABLE("EW-4005", Blame.CALLER, 400, "request body cannot be read"),
  FIELD_INVALID("EW-4006", Blame.CALLER, 400, "a field of the request is wrong"),
  PARAMETER_INVALID("EW-4007", Blame.CALLER, 400, "a parameter of the address is wrong"),
  OPERATOR_TOKEN_WRONG("EW-4008", Blame.CALLER, 401, "operator token missing or wrong"),

  COMPILATION_UNKNOWN("EW-4010", Blame.CALLER, 404, "no such compilation"),
  TARGET_NOT_REQUESTED("EW-4011", Blame.CALLER, 404, "the compilation has no such target"),
  TARGET_NOT_DONE("EW-4012", Blame.CALLER, 409, "the target has no bundle"),
  COMPILATION_DEPLOYED("EW-4013", Blame.CALLER, 409, "the compilation is deployed"),
  COMPILATION_NOT_DEPLOYABLE("EW-4014", Blame.CALLER, 409, "the compilation cannot be deployed"),
  MODEL_NOT_UPLOADED("EW-4015", Blame.CALLER, 409, "the model has not been uploaded"),
  MODEL_TOO_LARGE("EW-4016", Blame.LIMIT, 413, "model too large"),
  DEPLOYMENT_UNKNOWN("EW-4017", Blame.CALLER, 404, "nothing was deployed to the group"),

  COMPILATION_FINISHED("EW-4018", Blame.CALLER, 409, "the compilation is finished"),
  IDEMPOTENCY_KEY_REUSED("EW-4019", Blame.CALLER, 422, "the idempotency key is another request's"),
  IDEMPOTENCY_KEY_BUSY("EW-4029", Blame.CALLER, 409, "the same request is being answered"),

  UPLOAD_MISMATCH("EW-4020", Blame.CALLER, 400, "the upload is not what was announced"),
  ADDRESS_REFUSED("EW-4021", Blame.CALLER, 403, "signed address expired or altered"),
  OBJECT_GONE("EW-4022", Blame.CALLER, 404, "the object is gone"),
  OBJECT_CHANGED("EW-4023", Blame.CALLER, 412, "the object is another one"),
  RANGE_INVALID("EW-4024", Blame.CALLER, 416, "range outside of the object"),
  UPLOAD_UNKNOWN("EW-4025", Blame.CALLER, 404, "no such upload"),
  UPLOAD_INCOMPLETE("EW-4026", Blame.CALLER, 409, "parts of the model are missing"),

  CLAIM_REFUSED("EW-4030", Blame.CALLER, 403, "claim refused"),
  PUBLIC_KEY_INVALID("EW-4031", Blame.CALLER, 400, "public key is not a P-256 JWK"),
  DEVICE_TARGET_UNFIT("EW-4032", Blame.CALLER, 409, "the device cannot run its target"),
  KEY_TAKEN("EW-4033", Blame.CALLER, 409, "the key cannot be used again"),
  DEVICE_NOT_FOUND("EW-4034", Blame.CALLER, 404, "no such device"),

  SIGNATURE_UNREADABLE("EW-4040", Blame.CALLER, 401, "request signature missing or unreadable"),
  SIGNATURE_WRONG("EW-4041", Blame.CALLER, 401, "request signature does not fit"),
  SIGNATURE_STALE("EW-4042", Blame.CALLER, 401, "request signature too old or too new"),
  SIGNATURE_REPLAYED("EW-4043", Blame.CALLER, 401, "request was sent before"),
  CONTENT_DIGEST_WRONG("EW-4044", Blame.CALLER, 401, "content digest does not fit the body"),
  DEVICE_UNKNOWN("EW-4045", Blame.CALLER, 401, "device not enrolled"),
  DEVICE_KEY_WITHDRAWN("EW-4046", Blame.CALLER, 401, "device key revoked or replaced"),

  COMPILE_TIME_EXCEEDED("EW-4050", Blame.LIMIT, 422, "the compiler took too long"),
  COMPILE_MEMORY_EXCEEDED("EW-4051", Blame.LIMIT, 422, "the compiler needed too much memory"),
  COMPILER_FAILED("EW-4052", Blame.SERVICE, 500, "the compiler failed"),
  BUNDLE_REFUSED("EW-4053", Blame.SERVICE, 500, "the bundle did not pass verification"),
  STEP_FAILED("EW-4054", Blame.SERVICE, 500, "a step of the service failed"),

  PROBLEMS_LEFT_OUT("EW-4055", Blame.LIMIT, 422, "more problems than can be listed"),

  SERVICE_FAULT("EW-4090", Blame.SERVICE, 500, "fault of the service"),
  FOLDER_IN_USE("EW-4091", Blame.CALLER, 500, "the data folder is in use"),
  OPTION_WRONG("EW-4092", Blame.CALLER, 500, "the service cannot start with these options"),
  STORAGE_FULL("EW-4093", Blame.SERVICE, 500, "the disk of the service is full"),
  STORAGE_READ_ONLY("EW-4094", Blame.SERVICE, 500, "the service cannot write to its disk"),
  SIGNING_FAILED("EW-4095", Blame.SERVICE, 500, "metadata could not be signed"),
  ROOT_KEY_MISSING("EW-4096", Blame.CALLER, 500, "the root key is not the one devices trust");

  private final String id;
  private final Blame blame;
  private final int status;
  private final String title;

  ServiceErrorCode(String id, Blame blame, int status, String title) {
    this.id = id;
    this.blame = blame;
    this.status = status;
    this.title = title;
  }

  public static Optional<ServiceErrorCode> find(String id) {
    return Arrays.stream(values()).filter(code -> code.id.equals(id)).findFirst();
  }

  public String id() {
    return id;
  }

  public Blame blame() {
    return blame;
  }

  /// The HTTP status of an answer whose first problem is this one.
  public int status() {
    return status;
  }

  public String title() {
    return title;
  }
}
