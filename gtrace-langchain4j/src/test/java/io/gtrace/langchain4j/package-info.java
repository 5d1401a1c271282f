@NullMarked
package io.gtrace.langchain4j;

import org.jspecify.annotations.NullMarked;
