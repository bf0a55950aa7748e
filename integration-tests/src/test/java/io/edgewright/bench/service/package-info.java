@NullMarked
package io.edgewright.bench.service;

import org.jspecify.annotations.NullMarked;
