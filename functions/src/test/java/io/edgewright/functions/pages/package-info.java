@NullMarked
package io.edgewright.functions.pages;

import org.jspecify.annotations.NullMarked;
