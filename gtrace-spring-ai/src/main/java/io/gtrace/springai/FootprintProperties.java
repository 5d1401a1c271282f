package io.gtrace.springai;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * For whom calls are and where their models run.
 *
 * @param site such as {@code eu-west-3}, {@code FR} or {@code rtx-4090@DE}; empty for where each
 *     provider usually runs a model
 * @param team who is charged; empty for nobody
 * @param app for what; empty for the name of the application
 */
@ConfigurationProperties("gtrace")
public record FootprintProperties(
    @DefaultValue("") String site, @DefaultValue("") String team, @DefaultValue("") String app) {}
