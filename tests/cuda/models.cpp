// The GPU backend without a GPU.
#include <tenon/backend/cuda/emulated.hpp>

template <class Policy>
using Gpu = tenon::EmulatedCudaWith<Policy>;

#include "models.hpp"

TEST_CASE("samples that do not fit into the device's memory stay with the host, and give the same", "[cuda]") {
  const auto trained = [] {
    auto model = classifier<Gpu<tn::Float32>>();
    model.fit(images, labels, {.batch_size = 16, .epochs = 3, .validation_split = 0.2, .verbose = 0, .seed = 5});
    const xt::xtensor<float, 2> y = model.predict(images, {.batch_size = 33});
    return std::pair(model.weights(), std::vector<float>(y.begin(), y.end()));
  };
  const auto expected = trained();
  auto& memory = tn::cuda::EmulatedPlatform::memory;
  for (const std::size_t bytes : {0u, 2000u}) {  // nothing, or the labels
    memory = bytes;
    const auto given = trained();
    memory = std::numeric_limits<std::size_t>::max();
    CHECK(given == expected);
  }
}
