package io.edgewright.functions.embedded.http;

import com.amazonaws.services.lambda.runtime.ClientContext;
import com.amazonaws.services.lambda.runtime.CognitoIdentity;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;

/// What a handler is given where there is no Lambda. The handlers here look at none of it.
enum NoContext implements Context {
  INSTANCE;

  private static UnsupportedOperationException none() {
    return new UnsupportedOperationException("there is no Lambda here");
  }

  @Override
  public String getAwsRequestId() {
    throw none();
  }

  @Override
  public String getLogGroupName() {
    throw none();
  }

  @Override
  public String getLogStreamName() {
    throw none();
  }

  @Override
  public String getFunctionName() {
    throw none();
  }

  @Override
  public String getFunctionVersion() {
    throw none();
  }

  @Override
  public String getInvokedFunctionArn() {
    throw none();
  }

  @Override
  public CognitoIdentity getIdentity() {
    throw none();
  }

  @Override
  public ClientContext getClientContext() {
    throw none();
  }

  @Override
  public int getRemainingTimeInMillis() {
    throw none();
  }

  @Override
  public int getMemoryLimitInMB() {
    throw none();
  }

  @Override
  public LambdaLogger getLogger() {
    throw none();
  }
}
