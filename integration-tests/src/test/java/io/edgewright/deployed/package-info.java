/// The stack as CloudFormation deploys it on LocalStack, from a POST to a bundle that runs.
@NullMarked
package io.edgewright.deployed;

import org.jspecify.annotations.NullMarked;
