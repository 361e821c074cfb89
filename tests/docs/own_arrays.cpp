// The data that docs/quick_reference.md brings along: a copy of each stands there.
#include <tenon/tenon.hpp>

#include <array>
#include <vector>

#include "../support/catch.hpp"

namespace tn = tenon;

namespace {

struct Net : tn::Sequential<tn::Input<2>, tn::Dense<1>> {};
struct Picture : tn::Sequential<tn::Input<2, 3, 1>, tn::Flatten> {};

}  // namespace

TEST_CASE("a model takes arrays of one's own where they lie", "[docs]") {
  std::vector<float> features = {0, 0, 0, 1, 1, 0, 1, 1}, labels = {1, 3, 2, 4};  // row by row: 1 + a + 2 b

  const std::size_t samples = labels.size();
  const auto x = xt::adapt(features, std::array<std::size_t, 2>{samples, 2});  // (N, 2): no copy, so the vector stays where it is
  const auto y = xt::adapt(labels, std::array<std::size_t, 2>{samples, 1});
  auto model = tn::compile<Net>(tn::SGD{.learning_rate = 0.1f}, tn::MeanSquaredError{});
  model.fit(x, y, {.batch_size = 4, .epochs = 1000, .verbose = 0});
  const auto out = model.predict(x);
  const std::vector<float> answers(out.begin(), out.end());

  for (std::size_t i = 0; i < samples; ++i) CHECK(answers[i] == Approx(labels[i]).margin(0.01));
  features[1] = 1;  // seen through x
  CHECK(model.predict(x)(0, 0) == Approx(3).margin(0.01));
}

TEST_CASE("a model takes bytes behind a pointer", "[docs]") {
  const std::uint8_t bytes[] = {0, 51, 102, 153, 204, 255, 255, 0, 0, 0, 0, 51};
  auto model = tn::compile<Picture>(tn::SGD{}, tn::MeanSquaredError{});

  const std::uint8_t* pixels = bytes;  // two pictures of 2 x 3 grey pixels
  const auto pictures = xt::adapt(pixels, 12, xt::no_ownership(), std::array<std::size_t, 4>{2, 2, 3, 1});
  const auto out = model.predict(pictures / 255.f);

  CHECK(out(0, 1) == Approx(0.2));
  CHECK(out(1, 0) == 1);
  CHECK(out(1, 5) == Approx(0.2));
}
