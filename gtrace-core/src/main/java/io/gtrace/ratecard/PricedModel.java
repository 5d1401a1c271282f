package io.gtrace.ratecard;

import io.gtrace.activity.GenerationDefaults;
import java.util.List;

/**
 * What a card row needs to know of a model beside its rates.
 *
 * @param id canonical id; of the accelerator for training
 * @param notes fallbacks taken to find it
 * @param variation variance of the energy of one request against another of the same volumes, over
 *     its mean squared
 */
record PricedModel(String id, GenerationDefaults defaults, List<String> notes, double variation) {}
