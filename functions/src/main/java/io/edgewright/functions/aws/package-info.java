/// The service in its owner's AWS account: adapters of the ports in `store`, what Lambda calls in
/// `lambda`. Nothing here keeps state: S3, DynamoDB, KMS and Step Functions do.
@NullMarked
package io.edgewright.functions.aws;

import org.jspecify.annotations.NullMarked;
