/**
 * What the calls that an application makes with LangChain4j cost: each, together, and by budget.
 */
@NullMarked
package io.gtrace.langchain4j;

import org.jspecify.annotations.NullMarked;
