// Prediction of one sample at a time, for loops that may not wait.
#pragma once

#include <array>
#include <concepts>
#include <span>

#include <tenon/backend/host_device.hpp>
#include <tenon/model/memory.hpp>
#include <tenon/model/one_sample.hpp>
#include <tenon/model/predictor.hpp>
#include <tenon/model/stored_weights.hpp>

namespace tenon {

/// A seed for initial weights, as an argument that says what it is: tn::Inference<Net> net{tn::seed(1)};
struct Seed {
  std::uint64_t value = 0;
};
constexpr Seed seed(std::uint64_t value) { return {value}; }

namespace detail {

template <class...> inline constexpr bool frame_has_its_size_in_its_type = false;
template <class...> inline constexpr bool frame_has_the_size_of_the_input_or_output = false;
template <class...> inline constexpr bool frame_has_the_elements_of_the_input_or_output = false;
template <class...> inline constexpr bool frame_of_an_output_can_be_written = false;
template <int> struct Elements;
template <class> struct ElementsOf;

/// How many elements an argument has by its type: an array, a std::array, a std::span of static extent; -1: a pointer says nothing.
template <class T> inline constexpr long elements_of = -2;
template <class T> inline constexpr long elements_of<T*> = -1;
template <class T, std::size_t N> inline constexpr long elements_of<T[N]> = N;
template <class T, std::size_t N> inline constexpr long elements_of<std::array<T, N>> = N;
template <class T, std::size_t N> inline constexpr long elements_of<std::span<T, N>> = N == std::dynamic_extent ? -2 : static_cast<long>(N);

/// The address of a frame for a tensor with so many elements of a type; one that is const is written to.
template <class Net, long Count, class Element, class Frame>
constexpr Element* frame_data(Frame& frame) noexcept {
  constexpr long given = elements_of<std::remove_cv_t<Frame>>;
  static_assert(given != -2 || frame_has_its_size_in_its_type<Net, Frame>,
                "Tenon: the size of a frame of Inference is part of its type: a std::array, a std::span of static extent, an array, or a pointer; of a std::vector v give v.data()");
  static_assert(given < 0 || given == Count || frame_has_the_size_of_the_input_or_output<Net, Elements<static_cast<int>(given)>, Elements<static_cast<int>(Count)>>,
                "Tenon: a frame of Inference is a std::array, a std::span of static extent, an array or a pointer, with as many elements as the input or output has");
  if constexpr (given == -1 || given == Count) {
    using Given = std::remove_reference_t<decltype(frame[0])>;
    constexpr bool fits = std::is_same_v<std::remove_const_t<Given>, std::remove_const_t<Element>>, writable = std::is_const_v<Element> || !std::is_const_v<Given>;
    static_assert(fits || frame_has_the_elements_of_the_input_or_output<Net, ElementsOf<Given>, ElementsOf<std::remove_const_t<Element>>>,
                  "Tenon: the elements of a frame of Inference are those of the input or output: float, or std::int32_t where it has integers");
    static_assert(writable || frame_of_an_output_can_be_written<Net, Frame>, "Tenon: the frame of an output of Inference is written to, and not const");
    if constexpr (fits && writable) return &frame[0];
  }
  return nullptr;
}

}  // namespace detail

/// A model of batch 1 for real-time loops: weights and intermediate results are members, and a call throws nothing. It takes no memory
/// either, but for the first call in each thread: kernels of convolutions and of large products copy operands, and the thread keeps
/// the place for that, as do those that help it. So call it once, on any frame, in the thread that will run it, before the loop starts.
/// Steps of some five microseconds and more are shared with helper threads, which pays in calls one right after the other. A thread that has a deadline,
/// or that runs while others train, had better hold a ThreadLimit of 1: then no call ever waits for another thread.
/// Equal frames give equal results: random numbers of a model that has some in prediction are the same in each call.
///
/// The object is as large as the model (tn::inference_bytes<Net>), and a thread's stack may be 8 MB, of an audio thread much less: a model of
/// more than some hundred kilobytes belongs into a static variable, or std::make_unique<tn::Inference<Net>>(model).
/// Made of a model that another thread is using, it throws std::logic_error, as predict does.
///
///     tn::Inference<Filter> filter{model};                 // the weights of a trained model; or of a file, or of tn::seed(1)
///     std::array<float, 8> frame{}; std::array<float, 1> out{};
///     filter(frame, out);
///
/// Arguments: the inputs, then the outputs, as std::array, std::span of static extent, array or pointer, of float
/// (std::int32_t where an input or output is integers). A pointer is trusted to have as many.
template <class Net, class Backend = DefaultBackend>
class Inference {
  static_assert(check<Net>());
  static constexpr auto& inputs = detail::inputs_of<Net>;
  static constexpr auto& outputs = detail::outputs_of<Net>;

 public:
  explicit Inference(Seed seed) {
    const auto all = std::make_unique<float[]>(count);
    detail::initialize_weights(detail::description_of<Net>(), all.get(), seed.value);
    weights_.assign(all.get());
  }
  template <class OtherBackend, class Base>
  explicit Inference(const Predictor<Net, OtherBackend, Base>& model) { weights_.assign(model.weights().data()); }
  /// Throws std::runtime_error as load_weights does.
  explicit Inference(const std::filesystem::path& path) {
    weights_.assign(detail::load_weights(detail::description_of<Net>(), SafetensorsFile(path)).data());
  }

  template <class... Frames>
  void operator()(Frames&&... frames) noexcept {
    static_assert(sizeof...(Frames) == inputs.count + outputs.count, "Tenon: Inference is called with a frame for each input, then one for each output");
    call(std::make_index_sequence<sizeof...(Frames)>{}, frames...);
  }

 private:
  using Executor = detail::OneSample<Backend, Prediction<Net>>;
  static constexpr auto count = static_cast<std::size_t>(detail::parameters_of<Net>.extent);
  static constexpr TensorSpec spec(std::size_t i) { return i < inputs.count ? inputs.items[i] : outputs.items[i - inputs.count]; }
  template <std::size_t I, class T = std::conditional_t<is_integer(spec(I).dtype), std::int32_t, float>>
  using Element = std::conditional_t<(I < inputs.count), const T, T>;

  template <std::size_t... I, class... Frames>
  void call(std::index_sequence<I...>, Frames&... frames) noexcept {
    constexpr auto& graph = Traced<Prediction<Net>>::graph;
    constexpr Sizes sizes = Traced<Prediction<Net>>::sizes;
    const void* const given[] = {detail::frame_data<Net, spec(I).shape.elements(), Element<I>>(frames)...};
    const void* arguments[detail::room(sizes.arguments)];
    void* results[detail::room(sizes.results)];
    for (int i = 0; i < sizes.arguments; ++i)
      arguments[i] = graph.arguments[i].role == Role::input ? given[graph.arguments[i].index] : weights_.at(graph.arguments[i].index);
    for (int i = 0; i < sizes.results; ++i) results[i] = const_cast<void*>(given[inputs.count + i]);
    executor_.run(arguments, results);
  }

  detail::StoredWeights<Net, Executor> weights_;
  Executor executor_;
};

}  // namespace tenon
