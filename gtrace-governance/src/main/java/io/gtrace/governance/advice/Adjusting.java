package io.gtrace.governance.advice;

import io.gtrace.activity.Driver;
import io.gtrace.activity.Modality;
import io.gtrace.estimate.Deployment;
import io.gtrace.governance.advice.Adjustment.Scope;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * Changes the rates of some work, which stays where and when it is.
 *
 * @param applies to which work
 * @param adjustment the change
 * @param sideEffect what else it changes
 */
record Adjusting(
    Description about, Applies applies, Function<Replay, Adjustment> adjustment, String sideEffect)
    implements Action {

  @FunctionalInterface
  interface Applies {
    boolean to(Load load, Replay replay);
  }

  @Override
  public Change applied(List<Load> loads, Replay replay) {
    Adjustment change = adjustment.apply(replay);
    return Change.of(
        loads.stream()
            .map(load ->
                load.workload().allows(about.id()) && applies.to(load, replay)
                    ? load.adjusted(change)
                    : load)
            .toList(),
        "",
        sideEffect);
  }

  private static Applies modality(Modality... some) {
    Set<Modality> wanted = Set.of(some);
    return (load, replay) -> wanted.contains(load.modality());
  }

  private static final Applies PICTURES = modality(Modality.IMAGE, Modality.VIDEO);

  static Action shorterOutputs() {
    return new Adjusting(
        new Description(
            "shorter-outputs",
            "Let answers be shorter: ask for brevity, cap the output tokens",
            "answers in text",
            Effort.SETTING,
            List.of("output-reduction"),
            "Whether readers miss what is not written is not valued."),
        modality(Modality.TEXT),
        replay ->
            new Adjustment.Scaled(
                Set.of(Driver.OUTPUT_TOKENS, Driver.CONTEXT_TOKEN_READS),
                Scope.WORK,
                replay.allBut("output-reduction")),
        "answers come sooner");
  }

  static Action promptCaching() {
    return new Adjusting(
        new Description(
            "prompt-caching",
            "Cache prompts: put what stays the same first",
            "text with input tokens",
            Effort.CODE,
            List.of("prompt-cache-share"),
            "Memory that holds the cache between requests is left out."),
        modality(Modality.TEXT),
        replay -> new Adjustment.PromptCached(replay.assumed("prompt-cache-share")),
        "first tokens come sooner");
  }

  static Action responseCaching() {
    return new Adjusting(
        new Description(
            "response-caching",
            "Answer repeated requests from a cache",
            "requests that could be answered from a cache",
            Effort.CODE,
            List.of("response-cache-hit-rate"),
            "The look-up, its embeddings and wrong hits are left out."),
        modality(Modality.TEXT, Modality.EMBEDDING),
        replay -> new Adjustment.Scaled(Scope.SERVING, replay.allBut("response-cache-hit-rate")),
        "hits answer at once; a wrong hit is a wrong answer");
  }

  static Action batching() {
    return new Adjusting(
        new Description(
            "batching",
            "Send what can wait to a batch queue, which fills its batches twice as far",
            "text that could wait",
            Effort.CODE,
            List.of("deferrable-share", "batch-energy-ratio"),
            "How far providers fill the batches of their queues is not published."),
        modality(Modality.TEXT),
        replay ->
            new Adjustment.Scaled(
                Set.of(Driver.OUTPUT_TOKENS), Scope.HARDWARE, replay.batchFactor()),
        "what is queued is answered in hours instead of seconds");
  }

  static Action fewerSteps() {
    return new Adjusting(
        new Description(
            "fewer-steps",
            "Make pictures and videos in fewer denoising steps",
            "pictures or videos",
            Effort.SETTING,
            List.of("step-reduction"),
            "Quality is not valued; pictures that are made again because of it are left out."),
        PICTURES,
        replay ->
            new Adjustment.Scaled(
                Set.of(
                    Driver.IMAGE_STEPS,
                    Driver.MEGAPIXEL_STEPS,
                    Driver.MEGAPIXEL_PAIR_STEPS,
                    Driver.VIDEO_STEPS,
                    Driver.FRAME_MEGAPIXEL_STEPS,
                    Driver.FRAME_MEGAPIXEL_PAIR_STEPS),
                Scope.WORK,
                replay.allBut("step-reduction")),
        "pictures come sooner");
  }

  static Action fewerPixels() {
    return new Adjusting(
        new Description(
            "fewer-pixels",
            "Make pictures and videos smaller",
            "pictures or videos",
            Effort.SETTING,
            List.of("pixel-reduction"),
            "Attention, which falls with the square, is taken to fall with the pixels; quality is"
                + " not valued."),
        PICTURES,
        replay ->
            new Adjustment.Scaled(
                Set.of(
                    Driver.MEGAPIXELS,
                    Driver.MEGAPIXEL_STEPS,
                    Driver.MEGAPIXEL_PAIR_STEPS,
                    Driver.FRAME_MEGAPIXELS,
                    Driver.FRAME_MEGAPIXEL_STEPS,
                    Driver.FRAME_MEGAPIXEL_PAIR_STEPS),
                Scope.WORK,
                replay.allBut("pixel-reduction")),
        "pictures come sooner");
  }

  static Action betterPue() {
    return new Adjusting(
        new Description(
            "better-pue",
            "Bring the overhead of own data centres to that of good ones",
            "work in data centres of your own, which a file of own factors names (--factors)",
            Effort.INVESTMENT,
            List.of("pue-target"),
            "Only data centres of the factor file count; cooling may take more water, building"
                + " work has carbon of its own: both are left out."),
        (load, replay) -> replay.isOwnDataCentre(load),
        replay -> new Adjustment.OverheadAtMost(replay.assumed("pue-target")),
        "none on requests");
  }

  static Action longerLife() {
    return new Adjusting(
        new Description(
            "longer-life",
            "Keep own servers in service longer",
            "work in data centres of your own, which a file of own factors names (--factors)",
            Effort.PROJECT,
            List.of("life-extension-years"),
            "Only data centres of the factor file count; that newer hardware would take less energy"
                + " is left out."),
        (load, replay) -> replay.isOwnDataCentre(load),
        replay -> new Adjustment.Scaled(Scope.MAKING, replay.longerLife("server-lifetime-years")),
        "none on requests");
  }

  static Action longerDeviceLife() {
    return new Adjusting(
        new Description(
            "longer-device-life",
            "Keep devices that run models in service longer",
            "work on devices of people",
            Effort.SETTING,
            List.of("life-extension-years"),
            "That newer devices would take less energy is left out."),
        (load, replay) -> replay.row(load).deployment() instanceof Deployment.Edge,
        replay -> new Adjustment.Scaled(Scope.MAKING, replay.longerLife("edge-lifetime-years")),
        "none on requests");
  }
}
