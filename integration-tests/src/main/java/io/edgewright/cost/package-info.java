/// What the service costs in an AWS account, and which of AWS's quotas a fleet of devices meets:
/// list prices times usage. Prices, quotas and measured durations are data files; usage is counted
/// from the workflow's file and from a simulation of the devices.
@NullMarked
package io.edgewright.cost;

import org.jspecify.annotations.NullMarked;
