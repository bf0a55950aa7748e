/// The ports of the core on S3, DynamoDB, KMS and Step Functions.
///
/// What must happen once is a conditional write. A reply can be lost and the request sent again by
/// the SDK, so every such write tells its own earlier try from somebody else's: transactions by
/// their token, single writes by a mark that they leave ([Mark]).
@NullMarked
package io.edgewright.functions.aws.store;

import org.jspecify.annotations.NullMarked;
