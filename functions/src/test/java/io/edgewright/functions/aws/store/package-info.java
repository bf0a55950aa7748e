/// The contract of every port, held by its AWS adapter against a server that speaks AWS's protocols
/// ([AwsServer]); and what can be told without one.
@NullMarked
package io.edgewright.functions.aws.store;

import org.jspecify.annotations.NullMarked;
