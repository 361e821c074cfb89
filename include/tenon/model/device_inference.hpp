// Prediction of one sample at a time on a device.
#pragma once

#include <array>
#include <cstddef>
#include <memory>
#include <vector>

#include <tenon/model/inference.hpp>

namespace tenon {

/// Inference of a backend whose numbers lie on a device, called as on the host. The weights and the frames have their places there; a call brings
/// the inputs, runs the prediction (which the device may have recorded) and fetches the outputs. It takes no memory after the first two calls.
/// What fails on the device throws what the backend throws.
///
///     tn::Inference<Net, tn::Cuda> net{model};
///     net(frame, out);
template <class Net, class Backend> requires(!std::derived_from<typename Backend::Device, HostDevice>)
class Inference<Net, Backend> {
  static_assert(check<Net>());
  static constexpr std::size_t inputs = detail::inputs_of<Net>.count, outputs = detail::outputs_of<Net>.count;
  static constexpr TensorSpec spec(std::size_t i) { return i < inputs ? detail::inputs_of<Net>.items[i] : detail::outputs_of<Net>.items[i - inputs]; }

 public:
  explicit Inference(Seed seed) : Inference() {
    std::vector<float> all(count);
    detail::initialize_weights(detail::description_of<Net>(), all.data(), seed.value);
    assign(all);
  }
  template <class OtherBackend, class Base>
  explicit Inference(const Predictor<Net, OtherBackend, Base>& model) : Inference() { assign(model.weights()); }
  /// Throws std::runtime_error as load_weights does.
  explicit Inference(const std::filesystem::path& path) : Inference() {
    assign(detail::load_weights(detail::description_of<Net>(), SafetensorsFile(path)));
  }

  template <class... Frames>
  void operator()(Frames&&... frames) {
    static_assert(sizeof...(Frames) == inputs + outputs, "Tenon: Inference is called with a frame for each input, then one for each output");
    call(std::make_index_sequence<sizeof...(Frames)>{}, frames...);
  }

 private:
  static constexpr auto count = static_cast<std::size_t>(detail::parameters_of<Net>.extent);
  template <std::size_t I, class T = std::conditional_t<is_integer(spec(I).dtype), std::int32_t, float>>
  using Element = std::conditional_t<(I < inputs), const T, T>;
  static constexpr auto elements(std::size_t i) { return static_cast<std::size_t>(spec(i).shape.elements()); }
  /// Where a frame lies in the array of all, each on a boundary of 256 bytes.
  static constexpr std::size_t place(std::size_t frame) {
    std::size_t at = 0;
    for (std::size_t i = 0; i < frame; ++i) at += (elements(i) + 63) / 64 * 64;
    return at;
  }

  Inference() : device_(std::make_unique<typename Backend::Device>()), program_(std::make_unique<detail::ProgramOf<Backend, Prediction<Net>>>(*device_)) {
    weights_.resize(count);
    frames_.resize(place(inputs + outputs));
    for (int k = 0; k < detail::parameters_of<Net>.count; ++k) program_->bind(Role::weight, k, weights_.data() + detail::parameters_of<Net>.items[k].offset);
    for (std::size_t i = 0; i < inputs; ++i) program_->bind(Role::input, static_cast<int>(i), frames_.data() + place(i));
    for (std::size_t i = 0; i < outputs; ++i) program_->bind_result(Role::output, static_cast<int>(i), frames_.data() + place(inputs + i));
  }
  void assign(const std::vector<float>& all) { device_->upload(weights_.data(), all.data(), count * sizeof(float)); }

  template <std::size_t... I, class... Frames>
  void call(std::index_sequence<I...>, Frames&... frames) {
    const void* const given[] = {detail::frame_data<Net, spec(I).shape.elements(), Element<I>>(frames)...};
    std::array<detail::Copy, inputs> in;
    std::array<detail::Copy, outputs> out;
    for (std::size_t i = 0; i < inputs; ++i) in[i] = {frames_.data() + place(i), given[i], 4 * elements(i)};
    for (std::size_t i = 0; i < outputs; ++i) out[i] = {const_cast<void*>(given[inputs + i]), frames_.data() + place(inputs + i), 4 * elements(inputs + i)};
    device_->exchange(in, [this] { program_->run(1); }, out);
  }

  std::unique_ptr<typename Backend::Device> device_;
  typename Backend::template Array<float> weights_, frames_;
  std::unique_ptr<detail::Program> program_;
};

}  // namespace tenon
