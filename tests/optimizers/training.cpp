// Chains drawn at random from all layers, trained with losses and optimizers drawn at random: five steps as Keras takes them.
#include "../golden/vocabulary/networks.hpp"

#include "../support/golden.hpp"

TEST_CASE("five steps of training agree with Keras", "[optimizers][networks]") {
  golden_vocabulary::for_each_training([]<class Net>(const char* name, const auto& optimizer, const auto& loss) {
    const golden::Case c = golden::load("vocabulary/training", name);
    INFO(name << ": " << c.layer);
    auto model = tenon::compile<Net, tenon::Reference>(optimizer, loss);
    const auto array = [](const golden::Tensor& t) { return xt::xarray<float>(xt::adapt(t.data, t.shape)); };
    std::vector<xt::xarray<float>> weights;
    for (const golden::Tensor& w : c.weights) weights.push_back(array(w));
    model.set_weights(weights);
    for (std::size_t step = 0; step < c.inputs.size(); ++step) {
      const auto [measured] = model.train_on_batch(array(c.inputs[step]), array(c.cotangents[step]));
      CHECK(measured == Approx(c.values.at("loss")[step]).epsilon(1e-4).margin(1e-5));
    }
    const auto given = model.get_weights();
    REQUIRE(given.size() == c.weights_after.size());
    for (std::size_t k = 0; k < given.size(); ++k) {
      INFO("weight " << k);
      double distance = 0, largest = 1e-2;
      for (std::size_t i = 0; i < given[k].size(); ++i) {
        const auto wanted = static_cast<double>(c.weights_after[k].data[i]);
        distance = std::max(distance, std::abs(static_cast<double>(given[k].data()[i]) - wanted)), largest = std::max(largest, std::abs(wanted));
      }
      CHECK(distance < 1e-4 * largest);
    }
  });
}
